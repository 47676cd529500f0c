package io.roster.demo.replay;

import java.time.Duration;

/**
 * How fast posts go out, so that there is traffic for as long as the cluster changes. Immutable.
 *
 * <p>A cluster that changes takes seconds, in which a free replay would be over. So while a change
 * goes on, the posts that are left in this part of the input are spread: at any moment as if they
 * had to last for a few seconds more. The rate falls as they get fewer, and they never run out
 * before the change is done. Otherwise posts go out as fast as rooms acknowledge them.
 *
 * @param spread how long what is left shall last, at the rate of the moment
 */
public record Pace(Duration spread) {

  private static final Duration GAP_MAX = Duration.ofMillis(500);

  /**
   * The time between one post and the next, of whatever rooms.
   *
   * @param changing whether the cluster changes
   * @param left posts that are left in this part of the input
   */
  public Duration gap(boolean changing, int left) {
    if (!changing) {
      return Duration.ZERO;
    }
    var gap = spread.dividedBy(Math.max(1, left));
    return gap.compareTo(GAP_MAX) < 0 ? gap : GAP_MAX;
  }
}
