package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.plot.Axis;
import io.roster.testkit.plot.LinePlot;
import io.roster.testkit.plot.Scale;
import io.roster.testkit.plot.Series;
import io.roster.testkit.report.Page;
import java.util.List;
import java.util.function.Function;

/** How the presets compare, memberlist's among them. */
final class PresetPlots {

  private PresetPlots() {}

  static void add(Page page, List<Row> rows) {
    page.section("Presets");
    var crash = lines(Charts.with(rows, Scenario.CRASH), Charts.seconds(0.99, Figures::all));
    page.plot(
        "Detection",
        "From a crash until every node has declared it, 99th percentile over the seeds. The wan"
            + " preset has links of 50 ms, the others of 0.3 ms. memberlist-lan has the numbers of"
            + " HashiCorp's memberlist in this machine, not its code.",
        plot("Time to detect a crash, by preset", Charts.SECONDS, crash).svg(),
        Charts.table(Charts.NODES, crash));
    var load =
        lines(
            Charts.with(rows, Scenario.QUIET),
            row -> List.of(row.summary().bytesPerNodePerSecond()));
    page.plot(
        "Load",
        "Bytes sent and received by each node of a quiet cluster.",
        plot("Bytes for each node and second, by preset", "bytes a second", load).svg(),
        Charts.table(Charts.NODES, load));
  }

  private static LinePlot plot(String title, String unit, List<Series> lines) {
    var upwards = new Axis(unit, Scale.logarithmic(LinePlot.values(lines, true)));
    return new LinePlot(title, Charts.nodes(lines), upwards, lines);
  }

  private static List<Series> lines(List<Row> rows, Function<Row, List<Double>> value) {
    return rows.stream()
        .filter(Row::isSeen)
        .map(row -> row.cell().variant())
        .distinct()
        .map(
            preset ->
                Charts.byNodes(
                    preset,
                    rows.stream().filter(row -> row.cell().variant().equals(preset)).toList(),
                    value))
        .toList();
  }
}
