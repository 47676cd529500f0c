package io.roster.testkit.drill.gossip;

/**
 * What one node saw of another. Immutable.
 *
 * @param observer who saw it; nodes count from one
 * @param subject of whom
 * @param kind what
 * @param atNanos when, by the clock that all processes of a machine share
 */
public record Sighting(int observer, int subject, Kind kind, long atNanos) {

  /** What a node may see of another. */
  public enum Kind {
    /** It came, or came back. */
    UP,
    /** It failed or left. */
    DOWN,
    /** It is suspected to have failed. */
    SUSPECTED,
    /** It is not suspected any more. */
    REFUTED
  }
}
