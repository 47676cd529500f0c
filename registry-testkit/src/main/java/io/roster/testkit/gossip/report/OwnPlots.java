package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.plot.Series;
import io.roster.testkit.report.Page;
import java.util.ArrayList;
import java.util.List;

/** What can be shown of one scenario that somebody asked for, with one or more sizes. */
final class OwnPlots {

  private OwnPlots() {}

  static void add(Page page, List<Row> rows) {
    page.section("Scenario: " + rows.getFirst().options().scenario().title());
    var times = new ArrayList<Series>();
    addIfSeen(times, Charts.byNodes("first, p50", rows, Charts.seconds(0.5, Figures::first)));
    addIfSeen(times, Charts.byNodes("all, p50", rows, Charts.seconds(0.5, Figures::all)));
    addIfSeen(times, Charts.byNodes("all, p99", rows, Charts.seconds(0.99, Figures::all)));
    addIfSeen(
        times, Charts.byNodes("healed, p99", rows, Charts.seconds(0.99, Figures::healMillis)));
    if (!times.isEmpty()) {
      page.plot(
          "Times",
          "From the fault until the first, and until every node has seen it; from the end of a"
              + " split, or a restart, until all views are equal again.",
          Charts.timesByNodes("Times over the number of nodes", Charts.SECONDS, times, List.of())
              .svg(),
          Charts.table(Charts.NODES, times));
    }
    if (rows.getFirst().options().scenario() != Scenario.CUT) {
      coverage(page, rows);
    }
    load(page, rows);
  }

  private static void coverage(Page page, List<Row> rows) {
    var lines = NodesPlots.coverage(rows, 1e6);
    if (lines.stream().anyMatch(line -> !line.points().isEmpty())) {
      page.plot(
          "Spread",
          "Which share of the others has seen it, over all seeds.",
          Charts.shares(
                  "Share of nodes that have seen it, over time",
                  "seconds after the fault",
                  "% of the nodes",
                  lines)
              .svg(),
          Charts.reached(Charts.SECONDS, lines));
    }
  }

  private static void load(Page page, List<Row> rows) {
    var bytes =
        List.of(
            Charts.byNodes("bytes", rows, row -> List.of(row.summary().bytesPerNodePerSecond())));
    page.plot(
        "Load",
        "Sent and received by each node while the scenario was held, or in the second after it.",
        Charts.timesByNodes(
                "Bytes for each node and second, over the number of nodes",
                "bytes a second",
                bytes,
                List.of())
            .svg(),
        Charts.table(Charts.NODES, bytes));
  }

  private static void addIfSeen(List<Series> lines, Series line) {
    if (!line.points().isEmpty()) {
      lines.add(line);
    }
  }
}
