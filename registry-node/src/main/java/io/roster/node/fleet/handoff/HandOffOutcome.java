package io.roster.node.fleet.handoff;

import io.roster.core.identity.Pid;

/** How a move ended for one of its sides. Immutable. */
public sealed interface HandOffOutcome {

  /**
   * The worker goes on elsewhere: at the source.
   *
   * @param to its new pid
   */
  record Moved(Pid to) implements HandOffOutcome {}

  /**
   * The worker never left: at the source.
   *
   * @param reason why, for people
   */
  record Stayed(String reason) implements HandOffOutcome {}

  /**
   * The worker went on here: at the target.
   *
   * @param pid its pid
   */
  record Arrived(Pid pid) implements HandOffOutcome {}

  /**
   * The standby was not needed and is gone: at the target.
   *
   * @param reason why, for people
   */
  record Discarded(String reason) implements HandOffOutcome {}

  /**
   * The worker ended by itself, or a third process has its name; nothing is left to move.
   *
   * @param reason what happened, for people
   */
  record Gone(String reason) implements HandOffOutcome {}
}
