package io.roster.node.fleet.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.net.wire.WireException;
import io.roster.node.fleet.desired.WishMessage;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.proto.fleet.FleetFrame;

/** Frames of the fleet. Stateless; what cannot be read is one checked exception. */
public final class FleetWire {

  private FleetWire() {}

  /** What a frame says. */
  public sealed interface Said {

    /**
     * Of wishes.
     *
     * @param message what
     */
    record OfWishes(WishMessage message) implements Said {}

    /**
     * Of a move.
     *
     * @param message what
     */
    record OfMove(HandOffMessage message) implements Said {}
  }

  /** {@code message} as a frame's payload. */
  public static ByteString encode(WishMessage message) {
    return WishWire.encode(message).toByteString();
  }

  /** {@code message} as a frame's payload. */
  public static ByteString encode(HandOffMessage message) {
    return HandOffWire.encode(message).toByteString();
  }

  /**
   * What a frame's payload says.
   *
   * @throws WireException if it is no frame of the fleet, or of a kind that is not known here
   */
  public static Said decode(ByteString payload) throws WireException {
    FleetFrame frame = parse(payload);
    return switch (frame.getKindCase()) {
      case DIGEST, WANT, WISHES, START_OUTCOME, ABSORB -> new Said.OfWishes(WishWire.decode(frame));
      case PREPARE,
          PREPARED,
          REFUSED,
          CHUNK,
          READY,
          COMMIT,
          TAKEN,
          BACKLOG,
          BACKLOG_END,
          OPENED,
          ABORT ->
          new Said.OfMove(HandOffWire.decode(frame));
      case KIND_NOT_SET ->
          throw new WireException("expected a fleet frame of a known kind, got: another");
    };
  }

  private static FleetFrame parse(ByteString payload) throws WireException {
    try {
      return FleetFrame.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("expected a fleet frame, got: " + e.getMessage(), e);
    }
  }
}
