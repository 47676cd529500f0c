package io.roster.node.fleet;

import io.roster.core.identity.NodeName;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that everything of a node's fleet is confined to: a platform thread, so that busy
 * workers do not delay moves. Thread-safe.
 */
final class FleetLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FleetLoop.class);
  private static final int QUEUE_MAX = 1_000_000;

  private final ScheduledThreadPoolExecutor executor;

  FleetLoop(NodeName node) {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("fleet@" + node).factory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs {@code action} soon. After {@link #close} nothing happens. */
  void post(Runnable action) {
    after(Duration.ZERO, action);
  }

  /**
   * Runs {@code action} soon unless too much waits already, for what its sender repeats.
   *
   * @return whether it will run
   */
  boolean offer(Runnable action) {
    if (executor.getQueue().size() >= QUEUE_MAX) {
      return false;
    }
    post(action);
    return true;
  }

  /** Runs {@code action} after {@code delay}. */
  void after(Duration delay, Runnable action) {
    try {
      var _ = executor.schedule(() -> run(action), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("closed", e);
    }
  }

  /** A bug in one action must not end the others: the next comparison of wishes starts afresh. */
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("fleet: an action failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
