package io.roster.node;

import io.roster.net.membership.NodeMetadata;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which load a node tells the others: samples of its machine go in, and a level comes out that is
 * told as soon as it is another one. Pure and immutable.
 *
 * <p>What one node says of itself goes to everybody, so a level must have lasted, a load at the
 * border of two changes nothing, and the more members there are, the less often each may speak: all
 * of them together tell one change in five seconds at most, however many they are.
 *
 * @param level what has been told, in quarters of the processor time
 * @param toldNanos when
 * @param lasting each level beyond the one that was told, on the side where the samples are, and
 *     since when all of them have been there or beyond
 */
record LoadTold(int level, long toldNanos, SortedMap<Integer, Long> lasting) {

  static final Duration LASTS = Duration.ofSeconds(30);
  static final Duration PER_MEMBER = Duration.ofSeconds(5);

  /** Half of a quarter is the border to the next level; an eighth of one beyond it is another. */
  private static final double MARGIN = 0.625;

  /** A node that has only just started. */
  static LoadTold atStart(long nowNanos) {
    return new LoadTold(0, nowNanos, new TreeMap<>());
  }

  /**
   * Takes a sample.
   *
   * @param busy the part of the processor time that is in use, from 0 to 1; anything else is no
   *     sample
   * @param members how many members are up
   */
  LoadTold after(double busy, int members, long nowNanos) {
    if (!(busy >= 0 && busy <= 1)) {
      return this;
    }
    var longest = lasting(busy * NodeMetadata.LOAD_MAX, nowNanos);
    int next = level;
    for (var entry : longest.entrySet()) {
      boolean lasted = nowNanos - entry.getValue() >= LASTS.toNanos();
      if (lasted && Math.abs(entry.getKey() - level) > Math.abs(next - level)) {
        next = entry.getKey();
      }
    }
    boolean mayTell = nowNanos - toldNanos >= PER_MEMBER.toNanos() * members;
    return next != level && mayTell
        ? new LoadTold(next, nowNanos, new TreeMap<>())
        : new LoadTold(level, toldNanos, longest);
  }

  private SortedMap<Integer, Long> lasting(double quarters, long nowNanos) {
    var next = new TreeMap<Integer, Long>();
    if (Math.abs(quarters - level) > MARGIN) {
      int seen = (int) Math.round(quarters);
      for (int step = Integer.signum(seen - level), at = level; at != seen; ) {
        at += step;
        next.put(at, lasting.getOrDefault(at, nowNanos));
      }
    }
    return next;
  }
}
