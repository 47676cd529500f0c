package io.roster.testkit.drill;

import java.util.Optional;

/** Something that happened in a drill, as it was told to whoever runs it. Immutable. */
public sealed interface Event {

  /** The claim that it is about, if it is about one. */
  default Optional<Claim> claim() {
    return switch (this) {
      case Granted(Claim of, String _) -> Optional.of(of);
      case Denied(Claim of, String _) -> Optional.of(of);
      case Undecided(Claim of, String _) -> Optional.of(of);
      case Removed(Claim of) -> Optional.of(of);
      case Told(Claim of, String _) -> Optional.of(of);
      case Ended(Claim of, String _) -> Optional.of(of);
      case SawDown _, SawUp _, Cut _, Healed _, Agreed _ -> Optional.empty();
    };
  }

  /** The claimant holds the name, and has this pid. */
  record Granted(Claim of, String pid) implements Event {}

  /** The name belongs to somebody else. */
  record Denied(Claim of, String owner) implements Event {}

  /** The claim got no definite answer for as long as the drill waited. */
  record Undecided(Claim of, String detail) implements Event {}

  /** The claimant gave the name up. */
  record Removed(Claim of) implements Event {}

  /** The claimant was told that it lost the name to another. */
  record Told(Claim of, String winner) implements Event {}

  /** The claimant's process ended. */
  record Ended(Claim of, String reason) implements Event {}

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
