package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.gossip.Summary;
import io.roster.testkit.plot.Numbers;
import io.roster.testkit.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

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

  /** All goals of the {@code lan} preset with one datagram in a hundred lost. */
  public static List<Goal> of(List<Row> rows) {
    var goals = new ArrayList<Goal>();
    Function<Figures, List<Long>> all = Figures::all;
    goals.add(
        slowest(
            "crash seen by all, N ≤ 10",
            2.5,
            all,
            select(rows, Sweep.NODES, Scenario.CRASH, 3, 10)));
    goals.add(
        slowest(
            "crash seen by all, N = 1,000",
            4,
            all,
            select(rows, Sweep.NODES, Scenario.CRASH, 1_000, 1_000)));
    goals.add(
        slowest(
            "killed process seen by all, N ≤ 10",
            1,
            all,
            select(rows, Sweep.NODES, Scenario.KILL, 3, 10)));
    goals.add(
        slowest(
            "killed process seen by all, N = 1,000",
            1,
            all,
            select(rows, Sweep.NODES, Scenario.KILL, 1_000, 1_000)));
    var cuts = select(rows, Sweep.SPLITS, Scenario.CUT, 3, 10);
    goals.add(
        slowest("split seen by all of the larger side, N ≤ 10", 2.5, Figures::largerMillis, cuts));
    goals.add(
        slowest("split seen by all of the smaller side, N ≤ 10", 4, Figures::smallerMillis, cuts));
    goals.add(slowest("split of any length healed, N ≤ 10", 3, Figures::healMillis, cuts));
    goals.add(
        slowest(
            "split of any length healed, N = 1,000",
            10,
            Figures::healMillis,
            select(rows, Sweep.SPLITS, Scenario.CUT, 1_000, 1_000)));
    goals.add(
        worst(
            "load of a quiet node, N = 1,000",
            "B/s",
            5_000,
            Summary::bytesPerNodePerSecond,
            select(rows, Sweep.NODES, Scenario.QUIET, 1_000, 1_000)));
    goals.addAll(slowNodes(rows));
    goals.add(
        worst(
            "violations of invariants, and runs that did not end",
            "",
            0,
            summary -> summary.failures().size(),
            rows));
    return List.copyOf(goals);
  }

  /** One line for each. */
  public static Table table(List<Goal> goals) {
    return new Table(
        List.of("goal", "asked", "measured", "seeds", "verdict"),
        goals.stream().map(Goal::texts).toList());
  }

  /** Plain SWIM and all parts, under the same seeds, with the preset's own pace. */
  private static List<Goal> slowNodes(List<Row> rows) {
    var plain = select(rows, row -> row.cell().variant().equals(AblationPlots.PLAIN_LAN));
    var full = select(rows, row -> row.cell().variant().equals(AblationPlots.FULL_LAN));
    var factor = factor(plain, full);
    return List.of(
        new Goal(
            "false positives of SWIM for one here, 4 slow nodes of 100",
            50,
            false,
            factor,
            "×",
            runs(full),
            isWhole(plain) && isWhole(full)),
        worst(
            "false positives at healthy members, 4 slow nodes of 100",
            "",
            0,
            Summary::falseAtHealthy,
            full));
  }

  /** Of as many runs of each; a single one is the least that can be told from none. */
  private static OptionalDouble factor(List<Row> plain, List<Row> full) {
    if (runs(plain) == 0 || runs(full) == 0) {
      return OptionalDouble.empty();
    }
    double before = (double) falsePositives(plain) / runs(plain);
    double after = (double) Math.max(1, falsePositives(full)) / runs(full);
    return OptionalDouble.of(before / after);
  }

  private static long falsePositives(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.summary().falsePositives()).sum();
  }

  private static Goal slowest(
      String name, double bound, Function<Figures, List<Long>> values, List<Row> rows) {
    var worst =
        rows.stream()
            .flatMap(row -> row.seconds(0.99, values).stream())
            .mapToDouble(Double::doubleValue)
            .max();
    return new Goal(name, bound, true, worst, "s", runs(rows), isWhole(rows));
  }

  private static Goal worst(
      String name, String unit, double bound, ToDoubleFunction<Summary> value, List<Row> rows) {
    var worst =
        rows.stream()
            .filter(row -> row.isSeen() || !row.summary().failures().isEmpty())
            .mapToDouble(row -> value.applyAsDouble(row.summary()))
            .max();
    return new Goal(name, bound, true, worst, unit, runs(rows), isWhole(rows));
  }

  private static List<Row> select(
      List<Row> rows, Sweep sweep, Scenario scenario, int nodesMin, int nodesMax) {
    return select(
        rows,
        row ->
            row.cell().isOf(sweep)
                && row.options().scenario() == scenario
                && row.nodes() >= nodesMin
                && row.nodes() <= nodesMax);
  }

  private static List<Row> select(List<Row> rows, Predicate<Row> which) {
    return rows.stream().filter(which).toList();
  }

  private static boolean isWhole(List<Row> rows) {
    return !rows.isEmpty() && rows.stream().allMatch(Row::isSeen);
  }

  private static long runs(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.summary().runs().size()).sum();
  }

  private List<String> texts() {
    return List.of(
        name,
        (isAtMost ? "≤ " : "≥ ") + with(bound),
        measured.isPresent() ? with(measured.getAsDouble()) : "-",
        Long.toString(runs),
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
