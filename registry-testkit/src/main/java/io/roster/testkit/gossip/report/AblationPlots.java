package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Lifeguard;
import io.roster.testkit.gossip.Summary;
import io.roster.testkit.plot.Axis;
import io.roster.testkit.plot.BarPlot;
import io.roster.testkit.plot.Numbers;
import io.roster.testkit.plot.Scale;
import io.roster.testkit.report.Page;
import io.roster.testkit.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What each part of Lifeguard saves when some nodes are slow. */
final class AblationPlots {

  /** The variants that goals compare. */
  static final String PLAIN_LAN = variant("lan", Lifeguard.SWIM);

  static final String FULL_LAN = variant("lan", Lifeguard.ROSTER);

  private AblationPlots() {}

  /** How a preset with some components alone is called. */
  static String variant(String preset, Lifeguard components) {
    var name =
        switch (components) {
          case SWIM -> "SWIM";
          case LHA_PROBE -> "+ LHA-Probe";
          case LHA_SUSPICION -> "+ LHA-Suspicion";
          case BUDDY -> "+ Buddy";
          case ALL -> "Lifeguard: all three";
          case ROSTER -> "the preset whole";
        };
    return preset + ": " + name;
  }

  static void add(Page page, List<Row> rows) {
    page.section("Parts of Lifeguard, with slow nodes");
    var presets =
        rows.stream()
            .map(row -> row.cell().variant())
            .map(variant -> variant.substring(0, variant.indexOf(':')))
            .distinct();
    for (String preset : presets.toList()) {
      var own = rows.stream().filter(row -> row.cell().variant().startsWith(preset + ":")).toList();
      if (own.stream().anyMatch(Row::isSeen)) {
        add(page, preset, own);
      }
    }
  }

  private static void add(Page page, String preset, List<Row> rows) {
    var names = List.of("false positives", "at healthy members");
    var groups = new ArrayList<BarPlot.Group>();
    for (Row row : rows.stream().filter(Row::isSeen).toList()) {
      var name = row.cell().variant().substring(preset.length() + 2);
      groups.add(
          new BarPlot.Group(
              name,
              List.of(mean(row, Summary::falsePositives), mean(row, Summary::falseAtHealthy))));
    }
    var all = groups.stream().flatMap(group -> group.values().stream()).toList();
    var axis =
        new Axis("in a run of one minute, mean over the seeds", Scale.logarithmicFromOne(all));
    page.plot(
        "False positives, " + preset,
        ("100 nodes; at 4 of them nothing goes in or out for %,d ms again and again. A false positive"
                + " is a healthy member declared dead, by whomever; the second bar counts those at"
                + " healthy members. Each part alone is added to plain SWIM; the preset whole also"
                + " checks deaths, verifies suspicions and notices pauses.")
            .formatted(rows.getFirst().options().anomaly().blocked().toMillis()),
        new BarPlot("False positives by part, preset " + preset, axis, names, groups).svg(),
        table("parts", names, groups));
  }

  static Table table(String first, List<String> names, List<BarPlot.Group> groups) {
    var header = new ArrayList<String>(List.of(first));
    header.addAll(names);
    var rows = new ArrayList<List<String>>();
    for (BarPlot.Group group : groups) {
      var row = new ArrayList<String>(List.of(group.name()));
      group.values().forEach(value -> row.add(Numbers.text(value)));
      rows.add(List.copyOf(row));
    }
    return new Table(List.copyOf(header), List.copyOf(rows));
  }

  private static double mean(Row row, ToLongFunction<Summary> count) {
    return (double) count.applyAsLong(row.summary()) / row.summary().runs().size();
  }
}
