package io.roster.testkit.gossip.report;

import io.roster.testkit.plot.PlotStyle;
import io.roster.testkit.report.Page;
import java.util.List;

/**
 * A page about a sweep, or about single scenarios: what was asked and measured, a plot for each
 * question with its table behind it, and what was left out. Stateless.
 */
public final class GossipReport {

  private GossipReport() {}

  /**
   * The whole page.
   *
   * @param command the line that makes it again
   * @param outcome what was seen
   */
  public static String html(String command, SweepRun.Outcome outcome) {
    var page = new Page("Gossip, simulated", PlotStyle.CSS);
    var rows = outcome.rows();
    var own = rows.stream().filter(row -> row.cell().sweep().isEmpty()).toList();
    if (own.isEmpty()) {
      goals(page, rows);
    } else {
      OwnPlots.add(page, own);
    }
    for (Sweep sweep : Sweep.values()) {
      var asked = rows.stream().filter(row -> row.cell().isOf(sweep)).toList();
      if (asked.stream().anyMatch(Row::isSeen)) {
        add(page, sweep, asked);
      }
    }
    leftOut(page, outcome.leftOut());
    page.section("All figures");
    page.paragraph("Times in milliseconds of simulated time, loads for each node.");
    page.table(Row.table(rows));
    failures(page, rows);
    return page.html(lead(command, outcome));
  }

  private static void add(Page page, Sweep sweep, List<Row> rows) {
    switch (sweep) {
      case NODES -> NodesPlots.add(page, rows);
      case PRESETS -> PresetPlots.add(page, rows);
      case ABLATION -> AblationPlots.add(page, rows);
      case LOSS -> LossPlots.add(page, rows);
      case SPLITS -> SplitPlots.add(page, rows);
      case RESTART -> RestartPlots.add(page, rows);
      case CUTS -> CutPlots.add(page, rows);
    }
  }

  private static void goals(Page page, List<Row> rows) {
    page.section("Goals");
    page.paragraph(
        "The lan preset, one datagram in a hundred lost, the 99th percentile over the seeds and the"
            + " worst of the sizes that a line speaks of. With fewer than 100 seeds that is the"
            + " slowest run.");
    page.table(
        Goal.table(Goals.of(rows)),
        text -> text.equals(Goal.MET) ? "good" : text.equals(Goal.MISSED) ? "bad" : "");
  }

  private static String lead(String command, SweepRun.Outcome outcome) {
    long runs = outcome.rows().stream().mapToLong(row -> row.summary().runs().size()).sum();
    return "%,d runs in %d s. Made by: %s".formatted(runs, outcome.took().toSeconds(), command);
  }

  private static void leftOut(Page page, List<String> leftOut) {
    page.section("Left out");
    if (leftOut.isEmpty()) {
      page.paragraph("Nothing: every run that was asked for was made.");
    } else {
      page.paragraph("The budget of time had no room for these runs; a larger --budget has.");
      page.lines(String.join("\n", leftOut));
    }
  }

  private static void failures(Page page, List<Row> rows) {
    for (Row row : rows) {
      for (String failure : row.summary().failures()) {
        page.section("Failed: " + row.cell().title());
        page.lines(failure);
      }
    }
  }
}
