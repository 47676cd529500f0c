package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.plot.Axis;
import io.roster.testkit.plot.BarPlot;
import io.roster.testkit.plot.LinePlot;
import io.roster.testkit.plot.LinePlot.Bound;
import io.roster.testkit.plot.Scale;
import io.roster.testkit.plot.Series;
import io.roster.testkit.report.Page;
import java.util.ArrayList;
import java.util.List;

/** How detection, spread and load grow with the number of nodes. */
final class NodesPlots {

  /** More lines than these cannot be told apart. */
  private static final List<Integer> SHOWN = List.of(3, 10, 100, 1_000, 10_000);

  private NodesPlots() {}

  static void add(Page page, List<Row> rows) {
    page.section("Number of nodes");
    detection(page, rows);
    spread(page, rows);
    load(page, rows);
    falsePositives(page, rows);
  }

  private static void detection(Page page, List<Row> rows) {
    var crash = Charts.with(rows, Scenario.CRASH);
    var lines =
        List.of(
            Charts.byNodes("crash: first, p50", crash, Charts.seconds(0.5, Figures::first)),
            Charts.byNodes("crash: all, p50", crash, Charts.seconds(0.5, Figures::all)),
            Charts.byNodes("crash: all, p99", crash, Charts.seconds(0.99, Figures::all)),
            Charts.byNodes(
                "killed process: all, p99",
                Charts.with(rows, Scenario.KILL),
                Charts.seconds(0.99, Figures::all)));
    var bounds =
        List.of(
            new Bound("goal for a crash, up to 10 nodes: 2.5 s", 2.5),
            new Bound("goal for a crash, 1,000 nodes: 4 s", 4));
    page.plot(
        "Detection",
        "From the fault until the first, and until every node has declared the member dead;"
            + " median and 99th percentile over the seeds.",
        Charts.timesByNodes(
                "Time to detect, over the number of nodes", Charts.SECONDS, lines, bounds)
            .svg(),
        Charts.table(Charts.NODES, lines));

    var distributions = new ArrayList<Series>();
    for (Row row : shown(crash)) {
      var values =
          row.summary().runs().stream().flatMap(run -> run.all().stream()).map(NodesPlots::seconds);
      distributions.add(Charts.distribution(name(row), values.toList()));
    }
    page.plot(
        "Detection, over the seeds",
        "Which share of the runs had a crash seen by every node within a time.",
        Charts.shares(
                "Share of runs that were over, over time",
                "seconds after the crash",
                "% of the runs",
                distributions)
            .svg(),
        Charts.reached("seconds", distributions));
  }

  private static void spread(Page page, List<Row> rows) {
    var left = coverage(Charts.with(rows, Scenario.LEAVE), 1e3);
    page.plot(
        "Spread of one piece of news",
        "A member says goodbye: which share of the others has heard it, over all seeds.",
        new LinePlot(
                "Share of nodes that have heard of a goodbye, over time",
                new Axis(
                    "milliseconds after the goodbye",
                    Scale.logarithmic(LinePlot.values(left, false))),
                new Axis("% of the nodes", new Scale.Linear(0, 100)),
                left)
            .svg(),
        Charts.reached("milliseconds", left));
    var dead = coverage(Charts.with(rows, Scenario.CRASH), 1e6);
    page.plot(
        "Spread of a death",
        "A member crashes: which share of the others has declared it dead, over all seeds.",
        Charts.shares(
                "Share of nodes that have declared a crashed member dead, over time",
                "seconds after the crash",
                "% of the nodes",
                dead)
            .svg(),
        Charts.reached("seconds", dead));
  }

  private static void load(Page page, List<Row> rows) {
    var quiet = Charts.with(rows, Scenario.QUIET);
    var bytes =
        List.of(
            Charts.byNodes(
                "bytes, quiet cluster",
                quiet,
                row -> List.of(row.summary().bytesPerNodePerSecond())));
    page.plot(
        "Bytes",
        "Sent and received by each node of a quiet cluster: datagrams and streams with their"
            + " envelopes, without the headers of IP, UDP and TCP.",
        Charts.timesByNodes(
                "Bytes for each node and second, over the number of nodes",
                "bytes a second",
                bytes,
                List.of(new Bound("goal for 1,000 nodes: 5,000", 5_000)))
            .svg(),
        Charts.table(Charts.NODES, bytes));
    var packets =
        List.of(
            Charts.byNodes(
                "datagrams, quiet cluster",
                quiet,
                row -> List.of(row.summary().packetsPerNodePerSecond())));
    page.plot(
        "Packets",
        "Datagrams sent and received by each node of a quiet cluster.",
        Charts.timesByNodes(
                "Datagrams for each node and second, over the number of nodes",
                "datagrams a second",
                packets,
                List.of())
            .svg(),
        Charts.table(Charts.NODES, packets));
  }

  private static void falsePositives(Page page, List<Row> rows) {
    var groups = new ArrayList<BarPlot.Group>();
    for (int nodes : rows.stream().map(Row::nodes).distinct().sorted().toList()) {
      double count =
          rows.stream()
              .filter(row -> row.nodes() == nodes)
              .mapToLong(row -> row.summary().falsePositives())
              .sum();
      groups.add(new BarPlot.Group("%,d nodes".formatted(nodes), List.of(count)));
    }
    var counts = groups.stream().map(group -> group.values().getFirst()).toList();
    var axis = new Axis("false positives in all runs", Scale.fromZero(counts));
    page.plot(
        "False positives",
        "How often a node that ran all the time was declared dead by one that it could reach, in"
            + " all runs of this part together.",
        new BarPlot("False positives, by number of nodes", axis, List.of("count"), groups).svg(),
        AblationPlots.table("nodes", List.of("false positives"), groups));
  }

  /** Over all seeds of a row, the mean share of observers that had seen it by then. */
  static List<Series> coverage(List<Row> rows, double unit) {
    var lines = new ArrayList<Series>();
    for (Row row : shown(rows)) {
      var values =
          row.summary().runs().stream()
              .flatMap(run -> run.seenMicros().stream())
              .map(micros -> micros / unit);
      lines.add(Charts.distribution(name(row), values.toList()));
    }
    return lines;
  }

  private static List<Row> shown(List<Row> rows) {
    return rows.size() <= SHOWN.size()
        ? rows.stream().filter(Row::isSeen).toList()
        : rows.stream().filter(Row::isSeen).filter(row -> SHOWN.contains(row.nodes())).toList();
  }

  private static String name(Row row) {
    return "%,d nodes".formatted(row.nodes());
  }

  private static double seconds(long millis) {
    return millis / 1e3;
  }
}
