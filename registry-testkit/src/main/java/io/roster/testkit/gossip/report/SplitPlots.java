package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.plot.LinePlot.Bound;
import io.roster.testkit.plot.Series;
import io.roster.testkit.plot.Series.Point;
import io.roster.testkit.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** How soon splits are seen, and how soon they heal. */
final class SplitPlots {

  private SplitPlots() {}

  static void add(Page page, List<Row> rows) {
    page.section("Splits");
    var seen =
        List.of(
            slowest("larger side", rows, Figures::largerMillis),
            slowest("smaller side", rows, Figures::smallerMillis));
    page.plot(
        "Detection",
        "From the cut until every node of a side has declared every node of the other side dead,"
            + " 99th percentile over the seeds. Two fifths of the nodes are on the smaller side.",
        Charts.timesByNodes(
                "Time to see a split, over the number of nodes",
                Charts.SECONDS,
                seen,
                List.of(
                    new Bound("goal for the larger side: 2.5 s", 2.5),
                    new Bound("goal for the smaller side: 4 s", 4)))
            .svg(),
        Charts.table(Charts.NODES, seen));
    var healed = healed(rows);
    page.plot(
        "Heal",
        "From the end of the cut until all views are equal and all nodes alive in them, without a"
            + " seed, 99th percentile over the seeds.",
        Charts.timesByNodes(
                "Time to heal a split, over the number of nodes",
                Charts.SECONDS,
                healed,
                List.of(
                    new Bound("goal up to 10 nodes: 3 s", 3),
                    new Bound("goal for 1,000 nodes: 10 s", 10)))
            .svg(),
        Charts.table(Charts.NODES, healed));
  }

  /** Of the splits of any length. */
  private static Series slowest(String name, List<Row> rows, Function<Figures, List<Long>> values) {
    var slowest = new TreeMap<Integer, Double>();
    for (Row row : rows) {
      row.seconds(0.99, values).forEach(time -> slowest.merge(row.nodes(), time, Math::max));
    }
    var points = new ArrayList<Point>();
    slowest.forEach((nodes, time) -> points.add(new Point(nodes, time)));
    return new Series(name, List.copyOf(points));
  }

  private static List<Series> healed(List<Row> rows) {
    return rows.stream()
        .filter(Row::isSeen)
        .map(row -> row.cell().variant())
        .distinct()
        .map(
            variant ->
                Charts.byNodes(
                    variant,
                    rows.stream().filter(row -> row.cell().variant().equals(variant)).toList(),
                    Charts.seconds(0.99, Figures::healMillis)))
        .toList();
  }
}
