package io.roster.net.wire;

import io.roster.core.signal.ExitReason;
import io.roster.proto.signals.Detail;
import io.roster.proto.signals.Nothing;
import org.jspecify.annotations.Nullable;

/** Exit reasons to protobuf and back. Stateless. A reason that a frame could not hold is cut. */
public final class ExitReasonWire {

  /** Characters of a summary that cross the wire; the rest is cut off and said to be. */
  static final int TEXT_MAX = 2 << 20;

  private ExitReasonWire() {}

  /** {@code reason} as it crosses the wire. */
  public static io.roster.proto.signals.ExitReason toProto(ExitReason reason) {
    var proto = io.roster.proto.signals.ExitReason.newBuilder();
    switch (reason) {
      case ExitReason.Normal() -> proto.setNormal(Nothing.getDefaultInstance());
      case ExitReason.Shutdown(String detail) -> proto.setShutdown(bounded(detail));
      case ExitReason.Killed() -> proto.setKilled(Nothing.getDefaultInstance());
      case ExitReason.Crashed(String summary, var detail) -> {
        proto.setCrashed(bounded(summary));
        if (detail instanceof EncodedDetail(String type, var value)) {
          proto.setDetail(Detail.newBuilder().setType(type).setValue(value));
        }
      }
      case ExitReason.NoProcess() -> proto.setNoProcess(Nothing.getDefaultInstance());
      case ExitReason.NoConnection(var node) -> proto.setNoConnection(node.value());
      case ExitReason.Moved(var to) -> proto.setMoved(IdentityWire.toProto(to));
      case ExitReason.NodeLeaving(var node) -> proto.setNodeLeaving(node.value());
      case ExitReason.QuorumLost(String scope) -> proto.setQuorumLost(bounded(scope));
      case ExitReason.NameConflict(var name, var winner) ->
          proto.setNameConflict(
              io.roster.proto.signals.NameConflict.newBuilder()
                  .setName(name.value())
                  .setWinner(IdentityWire.toProto(winner)));
    }
    return proto.build();
  }

  private static String bounded(String text) {
    return text.length() <= TEXT_MAX
        ? text
        : text.substring(0, TEXT_MAX) + "… (" + (text.length() - TEXT_MAX) + " characters cut)";
  }

  /**
   * The reason. One that this version does not know becomes a {@code Crashed} that says so: the end
   * of a process must be heard of whatever its reason.
   */
  public static ExitReason fromProto(io.roster.proto.signals.ExitReason reason)
      throws WireException {
    return switch (reason.getKindCase()) {
      case NORMAL -> ExitReason.normal();
      case SHUTDOWN -> new ExitReason.Shutdown(reason.getShutdown());
      case KILLED -> ExitReason.killed();
      case CRASHED -> new ExitReason.Crashed(reason.getCrashed(), detail(reason));
      case NO_PROCESS -> ExitReason.noProcess();
      case NO_CONNECTION ->
          new ExitReason.NoConnection(IdentityWire.nodeName(reason.getNoConnection()));
      case MOVED -> new ExitReason.Moved(IdentityWire.fromProto(reason.getMoved()));
      case NODE_LEAVING ->
          new ExitReason.NodeLeaving(IdentityWire.nodeName(reason.getNodeLeaving()));
      case QUORUM_LOST -> new ExitReason.QuorumLost(reason.getQuorumLost());
      case NAME_CONFLICT ->
          new ExitReason.NameConflict(
              IdentityWire.processName(reason.getNameConflict().getName()),
              IdentityWire.fromProto(reason.getNameConflict().getWinner()));
      case KIND_NOT_SET -> new ExitReason.Crashed("for a reason that this version does not know");
    };
  }

  private static @Nullable EncodedDetail detail(io.roster.proto.signals.ExitReason reason) {
    return reason.hasDetail()
        ? new EncodedDetail(reason.getDetail().getType(), reason.getDetail().getValue())
        : null;
  }
}
