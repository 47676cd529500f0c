package io.roster.core.supervisor;

import java.util.ArrayList;
import java.util.List;

/**
 * When a supervisor has restarted children, as far as its limit cares. Pure; immutable.
 *
 * @param nanos the moments, oldest first; never more than the limit allows and one more
 */
record RestartHistory(List<Long> nanos) {

  static final RestartHistory EMPTY = new RestartHistory(List.of());

  RestartHistory {
    nanos = List.copyOf(nanos);
  }

  /** This history with a restart at {@code now}, without what has left the window. */
  RestartHistory restartedAt(long now, RestartLimit limit) {
    long window = limit.window().toNanos();
    var kept = new ArrayList<Long>(nanos.size() + 1);
    for (long then : nanos) {
      if (now - then <= window) {
        kept.add(then);
      }
    }
    kept.add(now);
    return new RestartHistory(kept);
  }

  boolean exceeds(RestartLimit limit) {
    return nanos.size() > limit.restarts();
  }
}
