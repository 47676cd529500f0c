package io.roster.core.supervisor;

import java.time.Duration;

/**
 * How often children may restart before the supervisor gives up. Immutable.
 *
 * @param restarts restarts tolerated inside {@code window}, counted over all children; one more
 *     ends the supervisor. Raise it for children that depend on flaky peers; lower it to fail over
 *     sooner
 * @param window sliding period over which restarts are counted, to the nanosecond
 */
public record RestartLimit(int restarts, Duration window) {

  /** Three restarts in five seconds, as in Elixir (OTP itself defaults to one in five). */
  public static final RestartLimit DEFAULT = new RestartLimit(3, Duration.ofSeconds(5));

  /** Checks both bounds. */
  public RestartLimit {
    if (restarts < 0) {
      throw new IllegalArgumentException("expected restarts to be zero or more, got: " + restarts);
    }
    if (!window.isPositive()) {
      throw new IllegalArgumentException("expected window to be positive, got: " + window);
    }
  }

  /** So many restarts in so long. */
  public static RestartLimit of(int restarts, Duration window) {
    return new RestartLimit(restarts, window);
  }

  /**
   * How long to wait before the next attempt after {@code failures} failed ones in a row. Grows,
   * but stays so short that one attempt more than the limit fits into the window: a child that
   * cannot start always makes its supervisor give up.
   */
  public Duration backoffAfter(int failures) {
    if (failures <= 1) {
      return Duration.ZERO;
    }
    Duration longest = window.dividedBy(restarts + 2L);
    Duration doubled = Duration.ofMillis(10L << Math.min(failures - 2, 20));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
