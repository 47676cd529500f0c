package io.roster.node.names.protocol;

import java.time.Duration;

/**
 * Intervals and limits of a {@link NameTable}. Immutable.
 *
 * @param digestInterval how often a node tells its peers where its stream stands. Lower finds a
 *     lost change sooner, at one small message for each pair of nodes; a second by default
 * @param writeBackInterval how often a node writes all its claims back to the arbiter although
 *     nothing says that it forgot them. Lower repairs silent losses sooner and costs one operation
 *     for each name; a minute by default
 * @param registrationsWaitingMax how many registrations may wait for the arbiter; further ones are
 *     refused. 200,000 by default: some seconds of what the arbiter takes
 */
public record NameTableOptions(
    Duration digestInterval, Duration writeBackInterval, int registrationsWaitingMax) {

  /** What the parameters say. */
  public static final NameTableOptions DEFAULT =
      new NameTableOptions(Duration.ofSeconds(1), Duration.ofMinutes(1), 200_000);

  /** Checks that everything is positive. */
  public NameTableOptions {
    if (!digestInterval.isPositive() || !writeBackInterval.isPositive()) {
      throw new IllegalArgumentException(
          "expected positive intervals, got: " + digestInterval + " and " + writeBackInterval);
    }
    if (registrationsWaitingMax < 1) {
      throw new IllegalArgumentException(
          "expected room for a registration at least, got: " + registrationsWaitingMax);
    }
  }
}
