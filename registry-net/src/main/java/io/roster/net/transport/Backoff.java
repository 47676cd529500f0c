package io.roster.net.transport;

import java.time.Duration;

/** How long to wait before the next attempt. Pure. */
public final class Backoff {

  private Backoff() {}

  /**
   * Doubles from {@code min} to {@code max}, less up to half of it, so that nodes that failed
   * together do not try together.
   *
   * @param failures attempts that failed in a row
   * @param random from 0 to 1
   */
  public static Duration pause(Duration min, Duration max, int failures, double random) {
    long full = min.toNanos() << Math.min(failures, 20);
    long bounded = full <= 0 ? max.toNanos() : Math.min(full, max.toNanos());
    return Duration.ofNanos((long) (bounded * (0.5 + random / 2)));
  }
}
