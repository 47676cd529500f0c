package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.plot.Axis;
import io.roster.testkit.plot.LinePlot;
import io.roster.testkit.plot.Scale;
import io.roster.testkit.plot.Series;
import io.roster.testkit.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What lost datagrams do to detection and to healthy nodes. */
final class LossPlots {

  private static final String LOST = "% of the datagrams lost";

  private LossPlots() {}

  static void add(Page page, List<Row> rows) {
    page.section("Loss");
    var crash = Charts.with(rows, Scenario.CRASH);
    var times = new ArrayList<Series>();
    times.addAll(lines(", p50", crash, Charts.seconds(0.5, Figures::all)));
    times.addAll(lines(", p99", crash, Charts.seconds(0.99, Figures::all)));
    page.plot(
        "Detection",
        "From a crash until every node has declared it.",
        plot("Time to detect a crash, over loss", "seconds", times).svg(),
        Charts.table(LOST, times));
    var quiet = Charts.with(rows, Scenario.QUIET);
    var accused = lines("", quiet, row -> List.of(perNodeHour(row)));
    page.plot(
        "False positives",
        "How often a healthy node of a quiet cluster is declared dead, for each hour of one node.",
        plot("False positives over loss", "for each node and hour", accused).svg(),
        Charts.table(LOST, accused));
    var load = lines("", quiet, row -> List.of(row.summary().bytesPerNodePerSecond()));
    page.plot(
        "Load",
        "Bytes sent and received by each node of a quiet cluster.",
        new LinePlot(
                "Bytes for each node and second, over loss",
                new Axis(LOST, new Scale.Linear(0, 30)),
                new Axis("bytes a second", Scale.logarithmic(LinePlot.values(load, true))),
                load)
            .svg(),
        Charts.table(LOST, load));
  }

  private static LinePlot plot(String title, String unit, List<Series> lines) {
    return new LinePlot(
        title,
        new Axis(LOST, new Scale.Linear(0, 30)),
        new Axis(unit, Scale.fromZero(LinePlot.values(lines, true))),
        lines);
  }

  private static List<Series> lines(
      String suffix, List<Row> rows, Function<Row, List<Double>> value) {
    return rows.stream()
        .map(Row::nodes)
        .distinct()
        .sorted()
        .map(
            nodes ->
                Charts.over(
                    nodes + " nodes" + suffix,
                    rows.stream().filter(row -> row.nodes() == nodes).toList(),
                    row -> row.options().link().loss() * 100,
                    value))
        .toList();
  }

  private static double perNodeHour(Row row) {
    double hours = row.options().hold().toMillis() / 3.6e6 * row.nodes();
    return row.summary().falsePositives() / (hours * row.summary().runs().size());
  }
}
