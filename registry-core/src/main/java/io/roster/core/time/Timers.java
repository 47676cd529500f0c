package io.roster.core.time;

import java.time.Duration;

/** Runs short actions later, on a thread of its own that no user code holds. Thread-safe. */
public interface Timers {

  /**
   * Runs {@code action} once after {@code delay}. The action must not block.
   *
   * @return a handle that cancels it
   */
  Scheduled after(Duration delay, Runnable action);

  /** An action that has been scheduled. */
  @FunctionalInterface
  interface Scheduled {

    /**
     * Cancels the action.
     *
     * @return true if it had not begun and now never will
     */
    boolean cancel();
  }
}
