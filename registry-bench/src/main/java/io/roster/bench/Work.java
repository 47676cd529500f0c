package io.roster.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing to measure, and what it is held against. Immutable.
 *
 * @param title what it is called in tables
 * @param unit what its figure counts
 * @param measurement measures ours
 * @param comparisons one for each row that the figure gives
 */
public record Work(String title, Unit unit, Measurement measurement, List<Comparison> comparisons) {

  /** Measures once, warm-up included; blocks meanwhile. */
  @FunctionalInterface
  public interface Measurement {

    /** The figure, in the unit of its work. */
    double measure(Effort effort) throws Exception;
  }

  /** Copies the list. */
  public Work {
    comparisons = List.copyOf(comparisons);
  }

  /** A work that is held against nothing yet. */
  public static Work of(String title, Unit unit, Measurement measurement) {
    return new Work(title, unit, measurement, List.of());
  }

  /** A rate. */
  public static Work rate(String title, Measurement measurement) {
    return of(title, Unit.PER_SECOND, measurement);
  }

  /** The same beside what {@code peer} calls {@code key}. */
  public Work beside(Peer peer, String key, Goal goal) {
    return with(new Comparison(peer, key, goal));
  }

  /** The same beside what {@code peer} calls {@code key}, to be better by {@code factor}. */
  public Work beside(Peer peer, String key, double factor) {
    return beside(peer, key, new Goal.Ratio(factor));
  }

  /** The same held against a bound alone. */
  public Work alone(Goal goal) {
    return with(new Comparison(null, "", goal));
  }

  private Work with(Comparison comparison) {
    var all = new ArrayList<>(comparisons);
    all.add(comparison);
    return new Work(title, unit, measurement, all);
  }
}
