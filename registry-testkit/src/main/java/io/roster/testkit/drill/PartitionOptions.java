package io.roster.testkit.drill;

import java.time.Duration;

/**
 * What a split drill is asked to do. Immutable.
 *
 * @param split who is cut off from whom
 * @param names how many names are registered before the cut
 * @param hold how long the cut lasts at least; it lasts longer if what is to be done meanwhile
 *     takes longer
 */
public record PartitionOptions(Split split, int names, Duration hold) {

  private static final int NAMES_MAX = 100_000;

  /** Checks the numbers. */
  public PartitionOptions {
    if (names < 1 || names > NAMES_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to %d names, got: %d".formatted(NAMES_MAX, names));
    }
    if (hold.isNegative()) {
      throw new IllegalArgumentException("expected hold to be zero or more, got: " + hold);
    }
  }

  /** Fewer contested names than this are too few: a quarter. */
  int conflictsMin() {
    return (names + 3) / 4;
  }
}
