package io.roster.core.time;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on one platform thread of their own. Thread-safe. */
public final class SystemTimers implements Timers, AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;

  /**
   * Timers whose thread is made with the first of them.
   *
   * @param threadName the thread's name, {@code role@node}
   */
  public SystemTimers(String threadName) {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name(threadName).daemon(true).factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    // After close nothing is scheduled any more, and nobody who tries is disturbed.
    executor.setRejectedExecutionHandler((_, _) -> {});
  }

  @Override
  public Scheduled after(Duration delay, Runnable action) {
    long nanos =
        delay.compareTo(Duration.ofDays(36_500)) >= 0 ? Long.MAX_VALUE / 2 : delay.toNanos();
    ScheduledFuture<?> future = executor.schedule(action, nanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** How many actions wait for their time. */
  public int pending() {
    return executor.getQueue().size();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
