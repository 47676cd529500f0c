package io.roster.core.supervisor;

import java.time.Duration;

/**
 * How a supervisor stops a child. Immutable.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html#t:shutdown/0">shutdown</a>
 */
public sealed interface Shutdown {

  /** By a kill. */
  record Brutal() implements Shutdown {}

  /**
   * By asking, and by a kill if it still runs after a time.
   *
   * @param time how long it has
   */
  record Within(Duration time) implements Shutdown {
    /** Checks the time. */
    public Within {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("expected a positive shutdown time, got: " + time);
      }
    }
  }

  /** By asking, and by waiting as long as it takes. */
  record Unbounded() implements Shutdown {}
}
