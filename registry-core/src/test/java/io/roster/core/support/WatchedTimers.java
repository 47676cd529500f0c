package io.roster.core.support;

import io.roster.core.time.SystemTimers;
import io.roster.core.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Real timers that know which of them still run. Thread-safe. */
final class WatchedTimers implements Timers, AutoCloseable {

  /** Shorter ones are over by themselves before they can add up. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final SystemTimers real = new SystemTimers("timers@a");
  private final Map<Object, String> running = new ConcurrentHashMap<>();

  @Override
  public Scheduled after(Duration delay, Runnable action) {
    var key = new Object();
    if (delay.compareTo(SHORT) > 0) {
      running.put(key, "a timer of " + delay + " for " + action);
    }
    Scheduled timer =
        real.after(
            delay,
            () -> {
              running.remove(key);
              action.run();
            });
    return () -> {
      running.remove(key);
      return timer.cancel();
    };
  }

  /** Timers of more than a moment that nobody has cancelled. */
  List<String> running() {
    return List.copyOf(running.values());
  }

  @Override
  public void close() {
    real.close();
  }
}
