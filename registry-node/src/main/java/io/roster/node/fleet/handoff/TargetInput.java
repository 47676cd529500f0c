package io.roster.node.fleet.handoff;

import io.roster.core.identity.Pid;

/** What can happen to the target of a move. Immutable. */
public sealed interface TargetInput {

  /**
   * The source said something.
   *
   * @param message what
   */
  record Received(HandOffMessage.ToTarget message) implements TargetInput {}

  /**
   * The standby waits for its state.
   *
   * @param pid its process
   */
  record StandbyStarted(Pid pid) implements TargetInput {}

  /**
   * There is no standby, or it ended.
   *
   * @param reason why, for people
   */
  record StandbyFailed(String reason) implements TargetInput {}

  /** The standby has its state. */
  record Loaded() implements TargetInput {}

  /** The source's node is down. */
  record SourceDown() implements TargetInput {}

  /**
   * The answer to {@link TargetEffect.TakeOver}.
   *
   * @param claim what became of it
   */
  record TookOver(Claim claim) implements TargetInput {}

  /** Time has passed. */
  record Tick() implements TargetInput {}
}
