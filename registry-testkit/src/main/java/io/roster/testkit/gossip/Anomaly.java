package io.roster.testkit.gossip;

import java.time.Duration;

/**
 * What ails a slow node: it stands still for a while, runs for a while, and so on, as in the
 * evaluation of Lifeguard. Immutable.
 *
 * @param blocked for how long it stands still each time
 * @param runs for how long it runs in between
 */
public record Anomaly(Duration blocked, Duration runs) {

  /** Blocked for longer than any suspicion lasts, and running for moments. */
  public static final Anomaly LONG = new Anomaly(Duration.ofMillis(16_384), Duration.ofMillis(64));

  /** Checks the times. */
  public Anomaly {
    if (blocked.isNegative() || blocked.isZero() || runs.isNegative() || runs.isZero()) {
      throw new IllegalArgumentException(
          "expected positive times, got: blocked %s, runs %s".formatted(blocked, runs));
    }
  }
}
