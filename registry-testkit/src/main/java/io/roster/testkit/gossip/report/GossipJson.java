package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.report.JsonLine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What was seen, in one line for programs. Stateless. */
public final class GossipJson {

  private GossipJson() {}

  /**
   * The line. Times and loads are those of the largest cluster of the scenario that was asked for;
   * of a sweep, those of the largest cluster that crashed, was quiet or was split, and of its
   * splits the one that was slowest to heal. Counts are those of all runs but the ablation's, which
   * has parts switched off. What the budget left out whole counts nowhere. Last come all rows, each
   * with its own figures.
   */
  public static String line(String scenario, long seed, SweepRun.Outcome outcome) {
    var rows = outcome.rows();
    var detected = largest(rows, Sweep.NODES, Scenario.CRASH);
    var json =
        new JsonLine()
            .put("nodes", rows.stream().filter(Row::isSeen).mapToLong(Row::nodes).max().orElse(0))
            .put("scenario", scenario)
            .put("seed", seed)
            .put("seeds", sum(rows, row -> row.summary().runs().size()))
            .put("detectFirstMs", quantile(detected, 0.5, Figures::first))
            .put("detectAllP99Ms", quantile(detected, 0.99, Figures::all))
            .put("falsePositives", sum(whole(rows), row -> row.summary().falsePositives()))
            .put("falseAtHealthy", sum(whole(rows), row -> row.summary().falseAtHealthy()))
            .put("slowDeaths", sum(whole(rows), row -> row.summary().slowDeaths()))
            .put("bytesPerNodePerSecond", bytes(largest(rows, Sweep.NODES, Scenario.QUIET)))
            .put("healMs", healMillis(rows))
            .put("violations", sum(rows, row -> row.summary().failures().size()))
            .put("leftOut", (long) outcome.leftOut().size());
    if (rows.stream().anyMatch(row -> row.cell().sweep().isPresent())) {
      var goals = Goals.of(rows);
      json.put("goalsMet", goals.stream().filter(Goal::isMet).count())
          .put("goalsMissed", goals.stream().filter(Goal::isMissed).count());
    }
    return json.put("rows", rows.stream().map(Row::json).toList()).toString();
  }

  /** Of a scenario that somebody asked for by itself, or of a sweep. */
  private static Optional<Row> largest(List<Row> rows, Sweep sweep, Scenario scenario) {
    return seen(rows, sweep, scenario).max(Comparator.comparingInt(Row::nodes));
  }

  private static Stream<Row> seen(List<Row> rows, Sweep sweep, Scenario scenario) {
    return rows.stream()
        .filter(Row::isSeen)
        .filter(
            row ->
                row.cell().sweep().isEmpty()
                    || (row.cell().isOf(sweep) && row.options().scenario() == scenario));
  }

  /** Splits of several lengths are rows of the same size; the worst of them speaks for all. */
  private static OptionalLong healMillis(List<Row> rows) {
    int nodes = largest(rows, Sweep.SPLITS, Scenario.CUT).map(Row::nodes).orElse(0);
    return seen(rows, Sweep.SPLITS, Scenario.CUT)
        .filter(row -> row.nodes() == nodes)
        .flatMapToLong(row -> row.summary().quantile(0.99, Figures::healMillis).stream())
        .max();
  }

  private static List<Row> whole(List<Row> rows) {
    return rows.stream().filter(row -> !row.cell().isOf(Sweep.ABLATION)).toList();
  }

  private static OptionalLong quantile(
      Optional<Row> row, double share, Function<Figures, List<Long>> values) {
    return row.map(seen -> seen.summary().quantile(share, values)).orElse(OptionalLong.empty());
  }

  private static OptionalDouble bytes(Optional<Row> row) {
    return row.map(seen -> OptionalDouble.of(seen.summary().bytesPerNodePerSecond()))
        .orElse(OptionalDouble.empty());
  }

  private static long sum(List<Row> rows, ToLongFunction<Row> value) {
    return rows.stream().mapToLong(value).sum();
  }
}
