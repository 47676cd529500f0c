package io.roster.core.process;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether to look a moment longer before going to sleep, which costs a wake-up on another core.
 * Learns from what came of it. Confined to one thread at a time.
 *
 * <p>It pays where two processes talk to each other on two cores; where what is awaited runs on
 * this very core it never pays, and after a few attempts is given up but for one in a while.
 */
final class Patience {

  /** Pauses of the processor before it gives up: two or three microseconds. */
  private static final int PAUSES_MAX = 128;

  /** How much success counts; halved by each attempt in vain. */
  private static final int TRUST_MAX = 4;

  /** Without trust one wait in so many is tried all the same. */
  private static final int PROBE_EVERY = 256;

  private int trust = TRUST_MAX;
  private int untried;

  /** Whether the next wait will look at all. */
  boolean pays() {
    return trust > 0 || untried + 1 >= PROBE_EVERY;
  }

  /**
   * What {@code look} gives once that is not null, if it pays to wait for it; else null.
   *
   * @param pauses between two looks: few for one thing, more for many that had better come
   *     together, for each look takes the memory that they are written to away from their sender
   */
  <T> @Nullable T await(Supplier<@Nullable T> look, int pauses) {
    if (!pays()) {
      untried++;
      return null;
    }
    untried = 0;
    for (int paused = 0; paused < PAUSES_MAX; paused += pauses) {
      for (int i = 0; i < pauses; i++) {
        Thread.onSpinWait();
      }
      T seen = look.get();
      if (seen != null) {
        trust = Math.min(TRUST_MAX, trust + 1);
        return seen;
      }
    }
    trust /= 2;
    return null;
  }
}
