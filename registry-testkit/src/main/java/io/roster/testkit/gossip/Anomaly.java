package io.roster.testkit.gossip;

import java.time.Duration;

/**
 * What ails a slow node: for a while nothing passes to it or from it though its clock runs, for a
 * while it is well, and so on, as in the evaluation of Lifeguard. Immutable.
 *
 * @param blocked for how long nothing passes each time
 * @param runs for how long it is well in between
 */
public record Anomaly(Duration blocked, Duration runs) {

  /** Blocked for longer than any suspicion lasts, and well for moments. */
  public static final Anomaly LONG = new Anomaly(Duration.ofMillis(16_384), Duration.ofMillis(64));

  /** Checks the times. */
  public Anomaly {
    if (blocked.isNegative() || blocked.isZero() || runs.isNegative() || runs.isZero()) {
      throw new IllegalArgumentException(
          "expected positive times, got: blocked %s, runs %s".formatted(blocked, runs));
    }
  }
}
