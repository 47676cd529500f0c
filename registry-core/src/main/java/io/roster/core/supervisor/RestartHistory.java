package io.roster.core.supervisor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a supervisor has restarted children, as far as its limit cares. Pure; immutable. */
final class RestartHistory {

  /*
   * A queue of two lists: what leaves the window goes from the one, what comes goes onto the other, and
   * when the one is empty the other is turned round. So a restart costs the same however many there were.
   */

  static final RestartHistory EMPTY = new RestartHistory(null, null, 0);

  private final @Nullable Moments oldestFirst;

  /** All later than those of {@link #oldestFirst}. */
  private final @Nullable Moments newestFirst;

  /** Never more than the limit allows and one more. */
  private final int size;

  private record Moments(long nanos, @Nullable Moments rest) {}

  private RestartHistory(@Nullable Moments oldestFirst, @Nullable Moments newestFirst, int size) {
    this.oldestFirst = oldestFirst;
    this.newestFirst = newestFirst;
    this.size = size;
  }

  /** This history with a restart at {@code now}, without what has left the window. */
  RestartHistory restartedAt(long now, RestartLimit limit) {
    long window = limit.window().toNanos();
    Moments out = oldestFirst;
    Moments in = newestFirst;
    int left = size;
    while (left > 0) {
      if (out == null) {
        out = turned(in);
        in = null;
      }
      if (out == null || now - out.nanos <= window) {
        break;
      }
      out = out.rest;
      left--;
    }
    return new RestartHistory(out, new Moments(now, in), left + 1);
  }

  boolean exceeds(RestartLimit limit) {
    return size > limit.restarts();
  }

  /** The moments, oldest first. */
  List<Long> nanos() {
    var all = new ArrayList<Long>(size);
    for (Moments at = oldestFirst; at != null; at = at.rest) {
      all.add(at.nanos);
    }
    for (Moments at = turned(newestFirst); at != null; at = at.rest) {
      all.add(at.nanos);
    }
    return List.copyOf(all);
  }

  private static @Nullable Moments turned(@Nullable Moments moments) {
    Moments turned = null;
    for (Moments at = moments; at != null; at = at.rest) {
      turned = new Moments(at.nanos, turned);
    }
    return turned;
  }
}
