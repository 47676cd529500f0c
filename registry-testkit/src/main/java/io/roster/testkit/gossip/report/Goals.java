package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.gossip.Summary;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** All goals of the {@code lan} preset with one datagram in a hundred lost. Immutable. */
public final class Goals {

  private static final int ANY = Integer.MAX_VALUE;

  /** The sweeps all of whose rows are the preset whole, in its usual network. */
  private static final Set<Sweep> LAN =
      EnumSet.of(Sweep.NODES, Sweep.SPLITS, Sweep.RESTART, Sweep.CUTS);

  private final List<Row> rows;

  private Goals(List<Row> rows) {
    this.rows = rows;
  }

  /** What a sweep has measured of them. */
  public static List<Goal> of(List<Row> rows) {
    return new Goals(rows).all();
  }

  private List<Goal> all() {
    var crash = of(Sweep.NODES, Scenario.CRASH);
    var kill = of(Sweep.NODES, Scenario.KILL);
    var cut = of(Sweep.SPLITS, Scenario.CUT);
    var quiet = of(Sweep.NODES, Scenario.QUIET);
    var plain = select(row -> row.cell().variant().equals(AblationPlots.PLAIN_LAN));
    var whole = select(row -> row.cell().variant().equals(AblationPlots.FULL_LAN));
    return List.of(
        slowest("crash seen by all, N ≤ 10", 2.5, Figures::all, sized(crash, 2, 10)),
        slowest("crash seen by all, 32 ≤ N ≤ 1,000", 4, Figures::all, sized(crash, 11, 1_000)),
        slowest("killed process seen by all, N ≤ 1,000", 1, Figures::all, sized(kill, 2, 1_000)),
        slowest("killed process seen by all, N > 1,000", 1, Figures::all, sized(kill, 1_001, ANY)),
        slowest(
            "split seen by all of the larger side, N ≤ 10",
            2.5,
            Figures::largerMillis,
            sized(cut, 2, 10)),
        slowest(
            "split seen by all of the larger side, N = 100 and 1,000",
            2.5,
            Figures::largerMillis,
            sized(cut, 11, ANY)),
        slowest("split seen by all of the smaller side", 4, Figures::smallerMillis, cut),
        slowest("split of any length healed, N ≤ 10", 3, Figures::healMillis, sized(cut, 2, 10)),
        slowest(
            "split of any length healed, N = 100 and 1,000",
            10,
            Figures::healMillis,
            sized(cut, 11, ANY)),
        worst(
            "load of a quiet node, N = 1,000",
            "B/s",
            5_000,
            Summary::bytesPerNodePerSecond,
            sized(quiet, 1_000, 1_000)),
        growth("load of a quiet node, the most for the least of all N", 1.1, quiet),
        factor("false positives of SWIM for one here, 4 slow nodes of 100", 50, plain, whole),
        worst(
            "false positives at healthy members, 4 slow nodes of 100",
            "",
            0,
            Summary::falseAtHealthy,
            whole),
        worst(
            "false positives at healthy members, all other runs of 100 nodes",
            "",
            0,
            Summary::falseAtHealthy,
            select(row -> row.nodes() == 100 && isLan(row))),
        worst(
            "false positives in one-way and partial cuts",
            "",
            0,
            Summary::falsePositives,
            select(row -> row.cell().isOf(Sweep.CUTS))),
        worst(
            "violations of invariants, and runs that did not end",
            "",
            0,
            summary -> summary.failures().size(),
            rows));
  }

  /** The preset whole and its usual network, whatever happens in it. */
  private static boolean isLan(Row row) {
    return row.cell().sweep().filter(LAN::contains).isPresent();
  }

  /** The worst 99th percentile, in seconds. */
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

  private static Goal growth(String name, double bound, List<Row> rows) {
    var loads =
        rows.stream()
            .filter(Row::isSeen)
            .mapToDouble(row -> row.summary().bytesPerNodePerSecond())
            .summaryStatistics();
    var most =
        loads.getCount() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(loads.getMax() / loads.getMin());
    return new Goal(name, bound, true, most, "×", runs(rows), isWhole(rows));
  }

  /** Of as many runs of each; a single one is the least that can be told from none. */
  private static Goal factor(String name, double bound, List<Row> plain, List<Row> whole) {
    var factor = OptionalDouble.empty();
    if (runs(plain) > 0 && runs(whole) > 0) {
      double before = (double) falsePositives(plain) / runs(plain);
      double after = (double) Math.max(1, falsePositives(whole)) / runs(whole);
      factor = OptionalDouble.of(before / after);
    }
    return new Goal(name, bound, false, factor, "×", runs(whole), isWhole(plain) && isWhole(whole));
  }

  private static long falsePositives(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.summary().falsePositives()).sum();
  }

  private List<Row> of(Sweep sweep, Scenario scenario) {
    return select(row -> row.cell().isOf(sweep) && row.options().scenario() == scenario);
  }

  private List<Row> select(Predicate<Row> which) {
    return rows.stream().filter(which).toList();
  }

  private static List<Row> sized(List<Row> rows, int nodesMin, int nodesMax) {
    return rows.stream().filter(row -> row.nodes() >= nodesMin && row.nodes() <= nodesMax).toList();
  }

  private static boolean isWhole(List<Row> rows) {
    return !rows.isEmpty() && rows.stream().allMatch(Row::isSeen);
  }

  private static long runs(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.summary().runs().size()).sum();
  }
}
