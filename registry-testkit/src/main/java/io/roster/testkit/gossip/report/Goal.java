package io.roster.testkit.gossip.report;

import io.roster.testkit.plot.Numbers;
import io.roster.testkit.report.Table;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What gossip is held to, and what a sweep has measured of it. Immutable.
 *
 * @param name what is held to it
 * @param bound the value that must not be passed
 * @param isAtMost whether the value must not be higher than the bound, else not lower
 * @param measured the worst of the cells it speaks of; empty if none was run
 * @param unit of both values
 * @param runs under how many seeds, over all those cells
 * @param isWhole whether every one of those cells was run, under one seed at least
 */
public record Goal(
    String name,
    double bound,
    boolean isAtMost,
    OptionalDouble measured,
    String unit,
    long runs,
    boolean isWhole) {

  static final String MET = "met";
  static final String MISSED = "MISSED";

  /** Whether all that it speaks of was run and reaches it. */
  public boolean isMet() {
    return isWhole && measured.isPresent() && isWithin(measured.getAsDouble());
  }

  /** Whether something that it speaks of was run and does not reach it. */
  public boolean isMissed() {
    return measured.isPresent() && !isWithin(measured.getAsDouble());
  }

  private boolean isWithin(double value) {
    return isAtMost ? value <= bound : value >= bound;
  }

  /** One line for each. */
  public static Table table(List<Goal> goals) {
    return new Table(
        List.of("goal", "asked", "measured", "seeds", "verdict"),
        goals.stream().map(Goal::texts).toList());
  }

  private List<String> texts() {
    return List.of(
        name,
        (isAtMost ? "≤ " : "≥ ") + with(bound),
        measured.isPresent() ? with(measured.getAsDouble()) : "-",
        "%,d".formatted(runs),
        verdict());
  }

  private String verdict() {
    if (measured.isEmpty()) {
      return "not run";
    }
    return isMissed() ? MISSED : isMet() ? MET : "partly run";
  }

  private String with(double value) {
    return (Numbers.text(value) + " " + unit).strip();
  }
}
