package io.roster.node.fleet.handoff;

import com.google.protobuf.ByteString;
import java.util.List;

/** What can happen to the source of a move. Immutable. */
public sealed interface SourceInput {

  /**
   * The target said something.
   *
   * @param message what
   */
  record Received(HandOffMessage.ToSource message) implements SourceInput {}

  /**
   * The worker has stopped taking messages.
   *
   * @param state its state, encoded, after everything that reached it before
   */
  record WorkerSealed(ByteString state) implements SourceInput {}

  /**
   * The worker cannot be moved now and goes on.
   *
   * @param reason why, for people
   */
  record SealFailed(String reason) implements SourceInput {}

  /**
   * The worker ended.
   *
   * @param reason why, for people
   */
  record WorkerExited(String reason) implements SourceInput {}

  /**
   * The answer to {@link SourceEffect.Transfer}.
   *
   * @param claim what became of it
   */
  record Transferred(Claim claim) implements SourceInput {}

  /**
   * The answer to {@link SourceEffect.Reclaim}.
   *
   * @param claim what became of it
   */
  record Reclaimed(Claim claim) implements SourceInput {}

  /**
   * The answer to {@link SourceEffect.Release}.
   *
   * @param backlog what came since the seal, encoded, in order of arrival
   */
  record Released(List<ByteString> backlog) implements SourceInput {}

  /** The target's node is down. */
  record TargetDown() implements SourceInput {}

  /**
   * The move is no longer wanted, or the sealed worker has no room for further messages.
   *
   * @param reason why, for people
   */
  record Cancelled(String reason) implements SourceInput {}

  /** Time has passed. */
  record Tick() implements SourceInput {}
}
