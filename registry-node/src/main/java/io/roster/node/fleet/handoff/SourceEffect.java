package io.roster.node.fleet.handoff;

import io.roster.core.identity.Pid;

/** What the source of a move asks for. Immutable; each may be asked for again. */
public sealed interface SourceEffect {

  /**
   * Sends a message to the target, or drops it if there is no link.
   *
   * @param message what to send
   */
  record Send(HandOffMessage.ToTarget message) implements SourceEffect {}

  /** Asks the worker to stop after what is in its mailbox, and to give its state. */
  record Seal() implements SourceEffect {}

  /** Asks the worker to go on with what it has held back. */
  record Resume() implements SourceEffect {}

  /**
   * Gives the name to the standby if the worker still has it. Asking again after it happened
   * answers {@link Claim.Won}.
   *
   * @param standby the new owner
   */
  record Transfer(Pid standby) implements SourceEffect {}

  /**
   * Takes the name back from the standby, or claims it if nobody has it.
   *
   * @param standby the owner that it is taken from
   */
  record Reclaim(Pid standby) implements SourceEffect {}

  /**
   * Asks the worker for what it has held back, and to pass everything later on.
   *
   * @param to the new owner
   */
  record Release(Pid to) implements SourceEffect {}

  /**
   * Tells the worker to pass on what it has held back and to end: a third process has its name.
   *
   * @param winner who has it
   */
  record GiveWay(Pid winner) implements SourceEffect {}

  /**
   * The move is over.
   *
   * @param outcome how it ended
   */
  record Finish(HandOffOutcome outcome) implements SourceEffect {}
}
