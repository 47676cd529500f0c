package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.report.Page;
import java.util.List;

/** How soon all nodes find each other when all start again at once. */
final class RestartPlots {

  private RestartPlots() {}

  static void add(Page page, List<Row> rows) {
    page.section("Mass restart");
    var lines =
        List.of(
            Charts.byNodes("p50", rows, Charts.seconds(0.5, Figures::healMillis)),
            Charts.byNodes("p99", rows, Charts.seconds(0.99, Figures::healMillis)));
    page.plot(
        "Until all are together again",
        "All nodes start again at once, under their old names, with two of them as seeds: until"
            + " every view holds every new start, and no old one.",
        Charts.timesByNodes(
                "Time to join after a mass restart, over the number of nodes",
                Charts.SECONDS,
                lines,
                List.of())
            .svg(),
        Charts.table(Charts.NODES, lines));
  }
}
