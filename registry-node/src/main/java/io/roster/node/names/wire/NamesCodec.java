package io.roster.node.names.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.protocol.Change;
import io.roster.node.names.protocol.NamesMessage;
import io.roster.proto.names.NamesFrame;
import java.util.Optional;

/** Messages between nodes to bytes and back. Stateless. */
public final class NamesCodec {

  private NamesCodec() {}

  /**
   * A message together with the table that it is about.
   *
   * @param scope the table
   * @param message the message
   */
  public record Scoped(String scope, NamesMessage message) {}

  /** The bytes of one frame. */
  public static ByteString encode(String scope, NamesMessage message) {
    var frame = NamesFrame.newBuilder().setScope(scope);
    switch (message) {
      case NamesMessage.Digest(long sequence, long hash, boolean answer) ->
          frame.getDigestBuilder().setSequence(sequence).setHash(hash).setAnswer(answer);
      case NamesMessage.Want(long sequence) -> frame.getWantBuilder().setSequence(sequence);
      case NamesMessage.Delta(long after, var changes) -> {
        var delta = frame.getDeltaBuilder().setAfter(after);
        changes.forEach(change -> delta.addChanges(encode(change)));
      }
      case NamesMessage.Snapshot(long sequence, int part, int parts, var claims) -> {
        var snapshot =
            frame.getSnapshotBuilder().setSequence(sequence).setPart(part).setParts(parts);
        claims.forEach(claim -> snapshot.addClaims(ClaimCodec.encode(claim)));
      }
      case NamesMessage.Verify(var registrations) ->
          registrations.forEach(one -> frame.getVerifyBuilder().addRegistrations(encode(one)));
      case NamesMessage.Verified(var registrations, var standing) -> {
        var verified = frame.getVerifiedBuilder().addAllStanding(standing);
        registrations.forEach(one -> verified.addRegistrations(encode(one)));
      }
      case NamesMessage.Contest(var disputes) ->
          disputes.forEach(one -> frame.getContestBuilder().addDisputes(encode(one)));
      case NamesMessage.Verdicts(var verdicts) ->
          verdicts.forEach(one -> frame.getVerdictsBuilder().addVerdicts(encode(one)));
      case NamesMessage.TransferRequest request ->
          frame.setTransferRequest(TransferCodec.encode(request));
      case NamesMessage.TransferAnswer answer ->
          frame.setTransferAnswer(TransferCodec.encode(answer));
    }
    return frame.build().toByteString();
  }

  /**
   * The message in the bytes of one frame.
   *
   * @throws MalformedNamesException if there is none
   */
  public static Scoped decode(ByteString bytes) throws MalformedNamesException {
    try {
      var frame = NamesFrame.parseFrom(bytes);
      return new Scoped(frame.getScope(), decode(frame));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new MalformedNamesException(
          "expected a names frame, got " + bytes.size() + " bytes: " + e.getMessage(), e);
    }
  }

  private static NamesMessage decode(NamesFrame frame) throws MalformedNamesException {
    return switch (frame.getMessageCase()) {
      case DIGEST -> {
        var digest = frame.getDigest();
        yield new NamesMessage.Digest(digest.getSequence(), digest.getHash(), digest.getAnswer());
      }
      case WANT -> new NamesMessage.Want(frame.getWant().getSequence());
      case DELTA -> {
        var changes = new java.util.ArrayList<Change>(frame.getDelta().getChangesCount());
        for (var change : frame.getDelta().getChangesList()) {
          changes.add(decode(change));
        }
        yield new NamesMessage.Delta(frame.getDelta().getAfter(), changes);
      }
      case SNAPSHOT -> {
        var snapshot = frame.getSnapshot();
        yield new NamesMessage.Snapshot(
            snapshot.getSequence(),
            snapshot.getPart(),
            snapshot.getParts(),
            snapshot.getClaimsList().stream().map(ClaimCodec::decode).toList());
      }
      case VERIFY ->
          new NamesMessage.Verify(
              frame.getVerify().getRegistrationsList().stream().map(NamesCodec::decode).toList());
      case VERIFIED -> {
        var verified = frame.getVerified();
        yield new NamesMessage.Verified(
            verified.getRegistrationsList().stream().map(NamesCodec::decode).toList(),
            verified.getStandingList());
      }
      case CONTEST ->
          new NamesMessage.Contest(
              frame.getContest().getDisputesList().stream().map(NamesCodec::decode).toList());
      case VERDICTS ->
          new NamesMessage.Verdicts(
              frame.getVerdicts().getVerdictsList().stream().map(NamesCodec::decode).toList());
      case TRANSFER_REQUEST -> TransferCodec.decode(frame.getTransferRequest());
      case TRANSFER_ANSWER -> TransferCodec.decode(frame.getTransferAnswer());
      case MESSAGE_NOT_SET ->
          throw new MalformedNamesException("expected a message about names, got: an unknown one");
    };
  }

  private static io.roster.proto.names.Change encode(Change change) {
    var builder = io.roster.proto.names.Change.newBuilder();
    switch (change) {
      case Change.Hold(Claim claim) -> builder.setHold(ClaimCodec.encode(claim));
      case Change.Drop(ProcessName name, RegistrationId id) ->
          builder.getDropBuilder().setName(name.value()).setId(ClaimCodec.encode(id));
      case Change.Lost(Claim lost, Claim winner) ->
          builder
              .getLostBuilder()
              .setLost(ClaimCodec.encode(lost))
              .setWinner(ClaimCodec.encode(winner));
    }
    return builder.build();
  }

  private static Change decode(io.roster.proto.names.Change change) throws MalformedNamesException {
    return switch (change.getKindCase()) {
      case HOLD -> new Change.Hold(ClaimCodec.decode(change.getHold()));
      case DROP -> {
        var drop = decode(change.getDrop());
        yield new Change.Drop(drop.name(), drop.id());
      }
      case LOST ->
          new Change.Lost(
              ClaimCodec.decode(change.getLost().getLost()),
              ClaimCodec.decode(change.getLost().getWinner()));
      case KIND_NOT_SET ->
          throw new MalformedNamesException("expected a change of names, got: an unknown one");
    };
  }

  private static io.roster.proto.names.Registered encode(NamesMessage.Registered registered) {
    return io.roster.proto.names.Registered.newBuilder()
        .setName(registered.name().value())
        .setId(ClaimCodec.encode(registered.id()))
        .build();
  }

  private static NamesMessage.Registered decode(io.roster.proto.names.Registered registered) {
    return new NamesMessage.Registered(
        new ProcessName(registered.getName()), ClaimCodec.decode(registered.getId()));
  }

  private static io.roster.proto.names.Dispute encode(NamesMessage.Dispute dispute) {
    return io.roster.proto.names.Dispute.newBuilder()
        .setClaim(ClaimCodec.encode(dispute.claim()))
        .setRival(ClaimCodec.encode(dispute.rival()))
        .build();
  }

  private static NamesMessage.Dispute decode(io.roster.proto.names.Dispute dispute) {
    return new NamesMessage.Dispute(
        ClaimCodec.decode(dispute.getClaim()), ClaimCodec.decode(dispute.getRival()));
  }

  private static io.roster.proto.names.Verdict encode(NamesMessage.Verdict verdict) {
    var builder =
        io.roster.proto.names.Verdict.newBuilder()
            .setName(verdict.name().value())
            .setContested(ClaimCodec.encode(verdict.contested()))
            .setRival(ClaimCodec.encode(verdict.rival()));
    verdict.winner().ifPresent(claim -> builder.setWinner(ClaimCodec.encode(claim)));
    return builder.build();
  }

  private static NamesMessage.Verdict decode(io.roster.proto.names.Verdict verdict) {
    return new NamesMessage.Verdict(
        new ProcessName(verdict.getName()),
        ClaimCodec.decode(verdict.getContested()),
        ClaimCodec.decode(verdict.getRival()),
        verdict.hasWinner()
            ? Optional.of(ClaimCodec.decode(verdict.getWinner()))
            : Optional.empty());
  }
}
