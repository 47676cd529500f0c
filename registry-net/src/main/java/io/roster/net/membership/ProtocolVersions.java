package io.roster.net.membership;

/**
 * The versions of the link protocol that a node speaks, all from the oldest to the newest.
 * Immutable.
 *
 * @param oldest one or more
 * @param newest no less than the oldest
 */
public record ProtocolVersions(int oldest, int newest) {

  /** The highest number that a version may have. */
  public static final int MAX = 65_535;

  /** The first version alone: what a node speaks that does not tell. */
  public static final ProtocolVersions FIRST = new ProtocolVersions(1, 1);

  /** Checks the order. */
  public ProtocolVersions {
    if (oldest < 1 || newest < oldest || newest > MAX) {
      throw new IllegalArgumentException(
          "expected protocol versions from 1 to %d, the oldest first, got: %d to %d"
              .formatted(MAX, oldest, newest));
    }
  }

  /** Whether two such nodes have a version in common. */
  public boolean meets(ProtocolVersions other) {
    return oldest <= other.newest && other.oldest <= newest;
  }

  @Override
  public String toString() {
    return oldest == newest ? String.valueOf(oldest) : oldest + " to " + newest;
  }
}
