package io.roster.core.task;

import java.time.Duration;

/**
 * How a stream of tasks runs. Immutable.
 *
 * @param concurrencyMax tasks that run at one time
 * @param ordered whether results come in the order of the inputs; otherwise as they are done
 * @param timeout how long each task may take; then it is killed, and its result says so
 * @param linked whether a task that fails ends the one who reads the stream
 */
public record StreamOptions(int concurrencyMax, boolean ordered, Duration timeout, boolean linked) {

  /** As many tasks as processors, in order, five seconds each, linked: Elixir's defaults. */
  public static StreamOptions defaults() {
    return new StreamOptions(
        Runtime.getRuntime().availableProcessors(), true, Duration.ofSeconds(5), true);
  }

  /** Checks the bounds. */
  public StreamOptions {
    if (concurrencyMax <= 0) {
      throw new IllegalArgumentException(
          "expected concurrencyMax greater than zero, got: " + concurrencyMax);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("expected timeout to be positive, got: " + timeout);
    }
  }

  /** These options with so many tasks at one time. */
  public StreamOptions withConcurrencyMax(int concurrencyMax) {
    return new StreamOptions(concurrencyMax, ordered, timeout, linked);
  }

  /** These options with results as they are done. */
  public StreamOptions unordered() {
    return new StreamOptions(concurrencyMax, false, timeout, linked);
  }

  /** These options with another time for each task. */
  public StreamOptions withTimeout(Duration timeout) {
    return new StreamOptions(concurrencyMax, ordered, timeout, linked);
  }

  /** These options with failures as results only. */
  public StreamOptions nolink() {
    return new StreamOptions(concurrencyMax, ordered, timeout, false);
  }
}
