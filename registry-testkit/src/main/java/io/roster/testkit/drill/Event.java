package io.roster.testkit.drill;

/** Something that happened in a drill, as it was told to whoever runs it. Immutable. */
public sealed interface Event {

  /** The claimant holds the name, and has this pid. */
  record Granted(Claim claim, String pid) implements Event {}

  /** The name belongs to somebody else. */
  record Denied(Claim claim, String owner) implements Event {}

  /** The claim got no definite answer for as long as the drill waited. */
  record Undecided(Claim claim, String detail) implements Event {}

  /** The claimant gave the name up. */
  record Removed(Claim claim) implements Event {}

  /** The claimant was told that it lost the name to another. */
  record Told(Claim claim, String winner) implements Event {}

  /** The claimant's process ended. */
  record Ended(Claim claim, String reason) implements Event {}

  /** A node saw another one go. */
  record SawDown(int observer, int subject) implements Event {}

  /** A node saw another one come. */
  record SawUp(int observer, int subject) implements Event {}

  /** The network was cut. */
  record Cut() implements Event {}

  /** The network is whole again. */
  record Healed() implements Event {}

  /** From now on until the end of the drill every replica held what it should. */
  record Agreed() implements Event {}
}
