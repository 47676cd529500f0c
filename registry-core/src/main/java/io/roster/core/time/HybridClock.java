package io.roster.core.time;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Wall clock time that never goes back and is later than every time this node has heard of.
 * Thread-safe.
 *
 * <p>One number: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16. A node
 * whose wall clock is ahead drags the others along by at most {@link #SKEW_MAX_MILLIS}; what is
 * further ahead is not believed.
 *
 * @see <a href="https://cse.buffalo.edu/tech-reports/2014-04.pdf">Logical physical clocks</a>
 */
public final class HybridClock {

  /** How far ahead of this node's wall clock another node's time may be and still be followed. */
  public static final long SKEW_MAX_MILLIS = 60_000;

  private static final int COUNTER_BITS = 16;

  private final LongSupplier wallMillis;
  private final AtomicLong last = new AtomicLong();

  /** A clock over {@code wallMillis}, in milliseconds since 1970. */
  public HybridClock(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** A clock over this machine's wall clock. */
  public static HybridClock system() {
    return new HybridClock(System::currentTimeMillis);
  }

  /** A time later than every earlier one given or observed. */
  public long next() {
    long wall = wallMillis.getAsLong() << COUNTER_BITS;
    return last.updateAndGet(previous -> Math.max(wall, previous + 1));
  }

  /** Takes note of a time that another node gave. */
  public void observe(long hybridTime) {
    long believable = (wallMillis.getAsLong() + SKEW_MAX_MILLIS) << COUNTER_BITS;
    if (hybridTime <= believable) {
      last.accumulateAndGet(hybridTime, Math::max);
    }
  }

  /** The wall clock part of {@code hybridTime}, in milliseconds since 1970. */
  public static long millis(long hybridTime) {
    return hybridTime >>> COUNTER_BITS;
  }
}
