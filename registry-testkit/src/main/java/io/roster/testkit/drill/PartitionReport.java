package io.roster.testkit.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A page about one split that a person can read: verdict, counts, timeline, every contested name.
 * It needs nothing but itself. Stateless.
 */
public final class PartitionReport {

  private static final int WIDTH = 960;
  private static final int LEFT = 90;
  private static final int LANE = 26;

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 1060px; margin: 2em auto; padding: 0 1em;
        color: #1d2733; background: #fff }
      h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em }
      .pass { color: #10683a } .fail { color: #a61b1b }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      td, th { padding: .2em .9em .2em 0; text-align: left; border-bottom: 1px solid #e3e7ec }
      code { font-size: .92em } li { margin: .2em 0 }
      pre { overflow-x: auto }
      svg { width: 100%; height: auto; font: 12px system-ui, sans-serif }
      @media (prefers-color-scheme: dark) {
        body { color: #dfe5ec; background: #14181d } td, th { border-color: #2b333c }
        .pass { color: #62d195 } .fail { color: #ff8a80 } svg text { fill: #dfe5ec } }
      """;

  private PartitionReport() {}

  /** The whole page. */
  public static String html(
      PartitionOptions options, List<History.Entry> history, PartitionVerdict verdict) {
    var word = verdict.isPass() ? "pass" : "fail";
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Partition drill: %1$s</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        %2$s</style></head><body>
        <h1>Partition drill: <span class="%1$s">%1$s</span></h1>
        <p>%3$s</p>
        %4$s
        <h2>Counts</h2>
        %5$s
        <h2>Timeline</h2>
        %6$s
        <h2>Contested names</h2>
        %7$s
        <h2>Last line</h2>
        <pre><code>%8$s</code></pre>
        </body></html>
        """
        .formatted(
            word,
            STYLE,
            escape(summary(options, verdict)),
            complaints(verdict),
            counts(verdict),
            timeline(options.split(), history),
            contested(options.split(), history),
            escape(verdict.toJson()));
  }

  private static String summary(PartitionOptions options, PartitionVerdict verdict) {
    var sides =
        options.split().sides().stream()
            .map(side -> side.stream().map(node -> "n" + node).collect(Collectors.joining(", ")))
            .collect(Collectors.joining(" | "));
    return "%d nodes were cut into %s for at least %s, with %d names registered before."
        .formatted(verdict.nodes(), sides, seconds(options.hold().toNanos()), options.names());
  }

  private static String complaints(PartitionVerdict verdict) {
    if (verdict.isPass()) {
      return "<p>Every name has one owner that all replicas agree on, every loser was told once,"
          + " and nothing that was given up came back.</p>";
    }
    return verdict.complaints().stream()
        .map(complaint -> "<li class=\"fail\">" + escape(complaint) + "</li>")
        .collect(Collectors.joining("\n", "<ul>", "</ul>"));
  }

  private static String counts(PartitionVerdict verdict) {
    var rows = new ArrayList<String>();
    rows.add(row("names that should exist", verdict.names()));
    rows.add(row("with one owner, the same everywhere", verdict.one()));
    rows.add(row("without an owner", verdict.none()));
    rows.add(row("with more than one", verdict.many()));
    rows.add(row("given up, and back again", verdict.removedBack()));
    rows.add(row("contested", verdict.conflicts()));
    rows.add(row("claims that had to give way", verdict.losers()));
    rows.add(row("of these, told once", verdict.losersTold()));
    rows.add(row("replicas equal", verdict.replicasEqual() ? "yes" : "no"));
    rows.add(row("cut noticed by everybody after", millis(verdict.detectMs())));
    rows.add(row("replicas agreed after the end of the cut", millis(verdict.healMs())));
    return rows.stream().collect(Collectors.joining("\n", "<table>", "</table>"));
  }

  private static String row(String what, Object value) {
    return "<tr><td>" + escape(what) + "</td><td>" + escape(String.valueOf(value)) + "</td></tr>";
  }

  /* One lane for each node: bars while it holds others for gone, ticks for claims and tellings. */
  private static String timeline(Split split, List<History.Entry> history) {
    long beginNanos = moment(history, Event.Cut.class, 0) - Duration.ofSeconds(2).toNanos();
    long endNanos = Math.max(history.getLast().atNanos(), beginNanos + 1);
    var svg = new StringBuilder();
    int height = LANE * split.nodes() + 50;
    svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\">\n".formatted(WIDTH, height));
    var scale = new Scale(beginNanos, endNanos);
    mark(svg, scale, history, new Mark(Event.Cut.class, "cut", "#c0392b", 14, height));
    mark(svg, scale, history, new Mark(Event.Healed.class, "healed", "#1e8449", 14, height));
    mark(svg, scale, history, new Mark(Event.Agreed.class, "agreed", "#2471a3", height, height));
    for (int node = 1; node <= split.nodes(); node++) {
      int y = 30 + LANE * (node - 1);
      svg.append(
          "<text x=\"0\" y=\"%d\">n%d (side %d)</text>\n"
              .formatted(y + 12, node, split.sideOf(node) + 1));
      for (var entry : history) {
        if (entry.atNanos() >= beginNanos) {
          dot(svg, scale.x(entry.atNanos()), y, node, entry.event());
        }
      }
    }
    svg.append("</svg>\n<p>Red: saw another node go. Green: saw one come. Grey: claim granted.")
        .append(" Orange: told that it lost. Blue: gave a name up.</p>");
    return svg.toString();
  }

  private static void dot(StringBuilder svg, double x, int y, int node, Event event) {
    switch (event) {
      case Event.SawDown(int observer, int _) when observer == node -> dot(svg, x, y, "#c0392b", 5);
      case Event.SawUp(int observer, int _) when observer == node -> dot(svg, x, y, "#1e8449", 5);
      case Event.Granted(Claim claim, String _) when claim.node() == node ->
          dot(svg, x, y, "#8a95a1", 2);
      case Event.Told(Claim claim, String _) when claim.node() == node ->
          dot(svg, x, y, "#e67e22", 3);
      case Event.Removed(Claim claim) when claim.node() == node -> dot(svg, x, y, "#2471a3", 3);
      case Event.SawDown _,
          Event.SawUp _,
          Event.Granted _,
          Event.Told _,
          Event.Removed _,
          Event.Denied _,
          Event.Undecided _,
          Event.Ended _,
          Event.Cut _,
          Event.Healed _,
          Event.Agreed _ -> {}
    }
  }

  private static void dot(StringBuilder svg, double x, int y, String colour, int radius) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>\n",
            x,
            y + 8,
            radius,
            colour));
  }

  /** A moment with a line through all lanes; labels of moments close together have two rows. */
  private record Mark(
      Class<? extends Event> kind, String label, String colour, int labelY, int height) {}

  private static void mark(StringBuilder svg, Scale scale, List<History.Entry> history, Mark mark) {
    long atNanos = moment(history, mark.kind(), -1);
    if (atNanos >= 0) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"18\" y2=\"%2$d\" stroke=\"%3$s\"/>"
                  + "<text x=\"%1$.1f\" y=\"%4$d\" text-anchor=\"middle\">%5$s %6$s</text>\n",
              scale.x(atNanos),
              mark.height() - 14,
              mark.colour(),
              mark.labelY(),
              mark.label(),
              seconds(atNanos - moment(history, Event.Cut.class, 0))));
    }
  }

  private static String contested(Split split, List<History.Entry> history) {
    var claims = new Claims(history);
    var rows = new TreeMap<String, String>();
    for (Map.Entry<String, List<Claim>> entry : claims.standing().entrySet()) {
      if (entry.getValue().size() > 1) {
        var list =
            entry.getValue().stream()
                .map(
                    claim ->
                        "n%d (side %d, %s)"
                            .formatted(
                                claim.node(),
                                split.sideOf(claim.node()) + 1,
                                switch (claims.timesTold(claim)) {
                                  case 0 -> "not told: owner";
                                  case 1 -> "told";
                                  default -> "told " + claims.timesTold(claim) + " times";
                                }))
                .collect(Collectors.joining(", "));
        rows.put(
            entry.getKey(),
            "<tr><td><code>%s</code></td><td>%s</td></tr>"
                .formatted(escape(entry.getKey()), escape(list)));
      }
    }
    return rows.values().stream()
        .collect(
            Collectors.joining("\n", "<table><tr><th>name</th><th>claims</th></tr>", "</table>"));
  }

  private static long moment(
      List<History.Entry> history, Class<? extends Event> kind, long otherwise) {
    return History.first(history, kind::isInstance).orElse(otherwise);
  }

  private static String millis(OptionalLong millis) {
    return millis.isPresent() ? millis.getAsLong() + " ms" : "never";
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** From moments to places on the page. */
  private record Scale(long beginNanos, long endNanos) {
    double x(long atNanos) {
      return LEFT
          + (WIDTH - LEFT - 30.0) * (atNanos - beginNanos) / (double) (endNanos - beginNanos);
    }
  }
}
