package io.roster.bench;

import java.util.OptionalDouble;

/**
 * One thing to measure. Immutable.
 *
 * @param title what it is called in tables
 * @param key what the peer's program calls it
 * @param unit what its figure counts
 * @param goal the ratio to reach, if there is one
 * @param measurement measures ours
 */
public record Work(
    String title, String key, Unit unit, OptionalDouble goal, Measurement measurement) {

  /** Measures once, warm-up included; blocks meanwhile. */
  @FunctionalInterface
  public interface Measurement {

    /** The figure, in the unit of its work. */
    double measure() throws Exception;
  }

  /** A rate without a goal. */
  public static Work rate(String title, String key, Measurement measurement) {
    return new Work(title, key, Unit.PER_SECOND, OptionalDouble.empty(), measurement);
  }

  /** A time without a goal. */
  public static Work time(String title, String key, Measurement measurement) {
    return new Work(title, key, Unit.MICROSECONDS, OptionalDouble.empty(), measurement);
  }

  /** The same with a ratio to reach. */
  public Work withGoal(double ratio) {
    return new Work(title, key, unit, OptionalDouble.of(ratio), measurement);
  }
}
