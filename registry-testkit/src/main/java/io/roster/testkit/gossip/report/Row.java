package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Summary;
import io.roster.testkit.gossip.TrialOptions;
import io.roster.testkit.plot.Numbers;
import io.roster.testkit.report.JsonLine;
import io.roster.testkit.report.Table;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What one cell of a sweep came to. Immutable.
 *
 * @param cell what was asked
 * @param summary what was seen, under as many seeds as the budget had room for
 */
public record Row(Cell cell, Summary summary) {

  private static final List<String> HEADER =
      List.of(
          "variant",
          "scenario",
          "nodes",
          "seeds",
          "first p50",
          "all p50",
          "all p99",
          "larger p99",
          "smaller p99",
          "heal p99",
          "false",
          "at healthy",
          "slow deaths",
          "B/node/s",
          "packets/node/s",
          "violations");

  /** Whether at least one run went through. */
  boolean isSeen() {
    return !summary.runs().isEmpty();
  }

  /** The scenario. */
  TrialOptions options() {
    return cell.options();
  }

  int nodes() {
    return options().nodes();
  }

  /** A quantile over the seeds, in seconds; nothing where no run has such a value. */
  List<Double> seconds(double share, Function<Figures, List<Long>> values) {
    return summary.quantile(share, values).stream().mapToObj(millis -> millis / 1e3).toList();
  }

  /** Times in milliseconds, loads in bytes and packets per node and second. */
  public static Table table(List<Row> rows) {
    return new Table(HEADER, rows.stream().map(Row::texts).toList());
  }

  /** The same for programs; {@code null} is what was not measured. */
  JsonLine json() {
    return new JsonLine()
        .put("variant", cell.variant())
        .put("scenario", options().scenario().title())
        .put("nodes", nodes())
        .put("seeds", summary.runs().size())
        .put("detectFirstMs", summary.quantile(0.5, Figures::first))
        .put("detectAllMedianMs", summary.quantile(0.5, Figures::all))
        .put("detectAllP99Ms", summary.quantile(0.99, Figures::all))
        .put("largerP99Ms", summary.quantile(0.99, Figures::largerMillis))
        .put("smallerP99Ms", summary.quantile(0.99, Figures::smallerMillis))
        .put("healMs", summary.quantile(0.99, Figures::healMillis))
        .put("falsePositives", summary.falsePositives())
        .put("falseAtHealthy", summary.falseAtHealthy())
        .put("slowDeaths", summary.slowDeaths())
        .put("bytesPerNodePerSecond", ifSeen(summary.bytesPerNodePerSecond()))
        .put("packetsPerNodePerSecond", ifSeen(summary.packetsPerNodePerSecond()))
        .put("violations", summary.failures().size());
  }

  private OptionalDouble ifSeen(double value) {
    return isSeen() ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private List<String> texts() {
    return List.of(
        cell.variant(),
        options().scenario().title(),
        Numbers.text(nodes()),
        Integer.toString(summary.runs().size()),
        text(0.5, Figures::first),
        text(0.5, Figures::all),
        text(0.99, Figures::all),
        text(0.99, Figures::largerMillis),
        text(0.99, Figures::smallerMillis),
        text(0.99, Figures::healMillis),
        Long.toString(summary.falsePositives()),
        Long.toString(summary.falseAtHealthy()),
        Long.toString(summary.slowDeaths()),
        isSeen() ? Numbers.text(summary.bytesPerNodePerSecond()) : "-",
        isSeen() ? Numbers.text(summary.packetsPerNodePerSecond()) : "-",
        Integer.toString(summary.failures().size()));
  }

  private String text(double share, Function<Figures, List<Long>> values) {
    OptionalLong value = summary.quantile(share, values);
    return value.isPresent() ? Numbers.text((double) value.getAsLong()) : "-";
  }
}
