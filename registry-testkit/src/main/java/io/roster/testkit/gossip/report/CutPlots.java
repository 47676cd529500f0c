package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.plot.Axis;
import io.roster.testkit.plot.BarPlot;
import io.roster.testkit.plot.Scale;
import io.roster.testkit.report.Page;
import java.util.ArrayList;
import java.util.List;

/** What one-way and partial cuts do to nodes that others still reach. */
final class CutPlots {

  private static final List<String> NAMES =
      List.of("one-way: deaths declared", "partial: deaths declared");

  private CutPlots() {}

  static void add(Page page, List<Row> rows) {
    page.section("One-way and partial cuts");
    var groups = new ArrayList<BarPlot.Group>();
    for (int nodes : rows.stream().filter(Row::isSeen).map(Row::nodes).distinct().toList()) {
      groups.add(
          new BarPlot.Group(
              "%,d nodes".formatted(nodes),
              List.of(mean(rows, nodes, Scenario.ONE_WAY), mean(rows, nodes, Scenario.PARTIAL))));
    }
    var values = groups.stream().flatMap(group -> group.values().stream()).toList();
    page.plot(
        "False positives",
        "One-way: for one minute half of the others do not hear one node, which hears all. Partial:"
            + " two nodes do not reach each other, but everybody else. How often a node was"
            + " declared dead by one whose way to it was open in both directions.",
        new BarPlot(
                "False positives under one-way and partial cuts",
                new Axis("in a run of one minute, mean over the seeds", Scale.fromZero(values)),
                NAMES,
                groups)
            .svg(),
        AblationPlots.table("nodes", NAMES, groups));
  }

  private static double mean(List<Row> rows, int nodes, Scenario scenario) {
    return Charts.with(rows, scenario).stream()
        .filter(row -> row.nodes() == nodes && row.isSeen())
        .mapToDouble(row -> (double) row.summary().falsePositives() / row.summary().runs().size())
        .findFirst()
        .orElse(0);
  }
}
