package io.roster.node;

import java.time.Duration;

/**
 * How a node left. Immutable.
 *
 * @param workersMoved workers that other nodes took over with their state
 * @param workersStopped workers that were not moved in time and start elsewhere without it
 * @param took how long it took
 */
public record LeaveReport(int workersMoved, int workersStopped, Duration took) {

  @Override
  public String toString() {
    return workersMoved
        + " workers moved, "
        + workersStopped
        + " stopped, in "
        + took.toMillis()
        + " ms";
  }
}
