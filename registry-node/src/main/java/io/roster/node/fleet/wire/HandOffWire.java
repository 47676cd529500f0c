package io.roster.node.fleet.wire;

import io.roster.net.wire.IdentityWire;
import io.roster.net.wire.WireException;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.node.fleet.handoff.MoveId;
import io.roster.proto.fleet.FleetFrame;
import io.roster.proto.fleet.MoveAbort;
import io.roster.proto.fleet.MoveBacklog;
import io.roster.proto.fleet.MoveBacklogEnd;
import io.roster.proto.fleet.MoveChunk;
import io.roster.proto.fleet.MoveCommit;
import io.roster.proto.fleet.MoveOpened;
import io.roster.proto.fleet.MovePrepare;
import io.roster.proto.fleet.MovePrepared;
import io.roster.proto.fleet.MoveReady;
import io.roster.proto.fleet.MoveRefused;
import io.roster.proto.fleet.MoveTaken;

/** {@link HandOffMessage} to its frame and back. */
final class HandOffWire {

  private HandOffWire() {}

  static FleetFrame encode(HandOffMessage message) {
    var frame = FleetFrame.newBuilder();
    var move = encode(message.move());
    switch (message) {
      case HandOffMessage.Prepare prepare ->
          frame.setPrepare(
              MovePrepare.newBuilder()
                  .setMove(move)
                  .setName(prepare.name().value())
                  .setWorkerType(prepare.workerType())
                  .setArgs(prepare.args())
                  .setOwner(IdentityWire.toProto(prepare.owner())));
      case HandOffMessage.Prepared prepared ->
          frame.setPrepared(
              MovePrepared.newBuilder()
                  .setMove(move)
                  .setStandby(IdentityWire.toProto(prepared.standby())));
      case HandOffMessage.Refused refused ->
          frame.setRefused(MoveRefused.newBuilder().setMove(move).setReason(refused.reason()));
      case HandOffMessage.Chunk chunk ->
          frame.setChunk(
              MoveChunk.newBuilder()
                  .setMove(move)
                  .setIndex(chunk.index())
                  .setCount(chunk.count())
                  .setChecksum(chunk.checksum())
                  .setBytes(chunk.bytes()));
      case HandOffMessage.Ready _ -> frame.setReady(MoveReady.newBuilder().setMove(move));
      case HandOffMessage.Commit commit ->
          frame.setCommit(
              MoveCommit.newBuilder()
                  .setMove(move)
                  .setStandby(IdentityWire.toProto(commit.standby())));
      case HandOffMessage.Taken _ -> frame.setTaken(MoveTaken.newBuilder().setMove(move));
      case HandOffMessage.Backlog backlog ->
          frame.setBacklog(
              MoveBacklog.newBuilder()
                  .setMove(move)
                  .setIndex(backlog.index())
                  .addAllBodies(backlog.bodies()));
      case HandOffMessage.BacklogEnd end ->
          frame.setBacklogEnd(MoveBacklogEnd.newBuilder().setMove(move).setCount(end.count()));
      case HandOffMessage.Opened _ -> frame.setOpened(MoveOpened.newBuilder().setMove(move));
      case HandOffMessage.Abort abort ->
          frame.setAbort(MoveAbort.newBuilder().setMove(move).setReason(abort.reason()));
    }
    return frame.build();
  }

  static HandOffMessage decode(FleetFrame frame) throws WireException {
    return switch (frame.getKindCase()) {
      case PREPARE -> prepare(frame.getPrepare());
      case PREPARED ->
          new HandOffMessage.Prepared(
              decode(frame.getPrepared().getMove()),
              IdentityWire.fromProto(frame.getPrepared().getStandby()));
      case REFUSED ->
          new HandOffMessage.Refused(
              decode(frame.getRefused().getMove()), frame.getRefused().getReason());
      case CHUNK -> chunk(frame.getChunk());
      case READY -> new HandOffMessage.Ready(decode(frame.getReady().getMove()));
      case COMMIT ->
          new HandOffMessage.Commit(
              decode(frame.getCommit().getMove()),
              IdentityWire.fromProto(frame.getCommit().getStandby()));
      case TAKEN -> new HandOffMessage.Taken(decode(frame.getTaken().getMove()));
      case BACKLOG ->
          new HandOffMessage.Backlog(
              decode(frame.getBacklog().getMove()),
              frame.getBacklog().getIndex(),
              frame.getBacklog().getBodiesList());
      case BACKLOG_END ->
          new HandOffMessage.BacklogEnd(
              decode(frame.getBacklogEnd().getMove()), frame.getBacklogEnd().getCount());
      case OPENED -> new HandOffMessage.Opened(decode(frame.getOpened().getMove()));
      case ABORT ->
          new HandOffMessage.Abort(
              decode(frame.getAbort().getMove()), frame.getAbort().getReason());
      default -> throw new WireException("expected a frame of a move, got: " + frame.getKindCase());
    };
  }

  private static HandOffMessage prepare(MovePrepare prepare) throws WireException {
    return new HandOffMessage.Prepare(
        decode(prepare.getMove()),
        IdentityWire.processName(prepare.getName()),
        prepare.getWorkerType(),
        prepare.getArgs(),
        IdentityWire.fromProto(prepare.getOwner()));
  }

  private static HandOffMessage chunk(MoveChunk chunk) throws WireException {
    int index = chunk.getIndex();
    int count = chunk.getCount();
    if (index < 0 || index >= count) {
      throw new WireException(
          "expected a chunk of index below its count, got: " + index + " of " + count);
    }
    return new HandOffMessage.Chunk(
        decode(chunk.getMove()), index, count, chunk.getChecksum(), chunk.getBytes());
  }

  private static io.roster.proto.fleet.MoveId encode(MoveId move) {
    return io.roster.proto.fleet.MoveId.newBuilder()
        .setSource(IdentityWire.toProto(move.source()))
        .setNumber(move.number())
        .build();
  }

  private static MoveId decode(io.roster.proto.fleet.MoveId move) throws WireException {
    return new MoveId(IdentityWire.fromProto(move.getSource()), move.getNumber());
  }
}
