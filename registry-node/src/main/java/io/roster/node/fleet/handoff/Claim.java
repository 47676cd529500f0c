package io.roster.node.fleet.handoff;

import io.roster.core.identity.Pid;

/** What became of an attempt to give a name from one process to another. Immutable. */
public sealed interface Claim {

  /** The name is with the one for whom it was asked. */
  record Won() implements Claim {}

  /**
   * The name is with somebody else.
   *
   * @param owner who has it
   */
  record Lost(Pid owner) implements Claim {}

  /** Nobody has the name, and the claim was for one that somebody should have had. */
  record Vacant() implements Claim {}

  /** No answer came: it may have happened, may yet happen, or never will. */
  record Unknown() implements Claim {}
}
