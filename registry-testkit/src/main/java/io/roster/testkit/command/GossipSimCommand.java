package io.roster.testkit.command;

import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.HealthOptions;
import io.roster.net.membership.RefutationOptions;
import io.roster.node.cli.CommandFailure;
import io.roster.node.cli.RosterCommand;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.gossip.Summary;
import io.roster.testkit.gossip.TrialOptions;
import io.roster.testkit.report.JsonLine;
import io.roster.testkit.sim.Link;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roster sim gossip}: how soon, how surely and at what cost nodes know who is up. */
@Command(
    name = "gossip",
    description = {
      "Simulates the gossip of many nodes and prints how soon, how surely and at what cost they",
      "know who is up. The nodes run the code that real nodes run. Equal seeds give equal runs."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class GossipSimCommand implements RosterCommand {

  @Spec private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      split = ",",
      defaultValue = "10",
      description = "How many nodes; several, separated by commas, for a row each.")
  private List<Integer> nodes;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "crash",
      description =
          "quiet, crash, kill, leave, cut, one-way, partial, slow or restart. Default: crash.")
  private String scenario;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "lan",
      description = "loopback, lan, wan or memberlist-lan. Default: lan.")
  private String preset;

  @Option(
      names = "--loss",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Share of datagrams that are lost. Default: ${DEFAULT-VALUE}.")
  private double loss;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first seed. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--runs",
      paramLabel = "R",
      defaultValue = "20",
      description = "How many seeds, from the first one up. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long a split, slowness or quiet lasts. Default: ${DEFAULT-VALUE}.")
  private Duration hold;

  @Option(
      names = "--affected",
      paramLabel = "K",
      defaultValue = "0",
      description = "Nodes on the smaller side of a split, or slow. Default: 4 in 10, or 4 slow.")
  private int affected;

  @Option(
      names = "--without",
      paramLabel = "PART",
      split = ",",
      description =
          "Parts to switch off: health, confirmations, buddy, verifiers, pauses; or all of them:"
              + " lifeguard.")
  private List<String> without = List.of();

  @Option(
      names = "--no-bytes",
      description = "Count neither bytes nor invariants, which is faster for many nodes.")
  private boolean noBytes;

  @Option(names = "--json", description = "End with one line for programs.")
  private boolean json;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.printf(
        "%-6s %-9s %6s %8s %8s %8s %8s %8s %8s %6s %6s %9s %8s%n",
        "nodes",
        "scenario",
        "seeds",
        "first",
        "all p50",
        "all p99",
        "larger",
        "smaller",
        "heal",
        "false",
        "false-",
        "bytes/s",
        "pkts/s");
    var last = new StringBuilder();
    boolean held = true;
    for (int count : nodes) {
      var summary = Summary.of(trial(count), seed, runs);
      out.println(row(summary));
      summary.failures().forEach(out::println);
      held &= summary.failures().isEmpty();
      out.flush();
      last.setLength(0);
      last.append(line(summary));
    }
    if (json) {
      out.println(last);
    }
    return held ? OK : FAILED;
  }

  private TrialOptions trial(int count) {
    var what = scenario();
    int some = affected > 0 ? affected : what == Scenario.SLOW ? 4 : Math.max(1, count * 2 / 5);
    try {
      return new TrialOptions(count, what, gossip(), Link.lan().losing(loss), hold, some, !noBytes);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private Scenario scenario() {
    try {
      return Scenario.valueOf(scenario.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "expected a scenario of quiet, crash, kill, leave, cut, one-way, partial, slow or"
              + " restart, got: "
              + scenario);
    }
  }

  private GossipOptions gossip() {
    GossipOptions options;
    try {
      options = GossipOptions.preset(preset);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
    for (String part : without) {
      options =
          switch (part) {
            case "health" -> options.withHealth(health -> health.withSlowdownMax(0));
            case "confirmations" -> plainSuspicion(options);
            case "buddy" -> options.withRefutation(told -> told.withBuddy(false));
            case "verifiers" -> options.withRefutation(told -> told.withVerifiers(0));
            case "pauses" -> options.withHealth(health -> health.withPauseTolerance(Duration.ZERO));
            case "lifeguard" ->
                plainSuspicion(options)
                    .withHealth(_ -> new HealthOptions(0, Duration.ZERO))
                    .withRefutation(_ -> RefutationOptions.NONE);
            default ->
                throw CommandFailure.usage(
                    "expected parts of health, confirmations, buddy, verifiers, pauses or"
                        + " lifeguard, got: "
                        + part);
          };
    }
    return options;
  }

  private static GossipOptions plainSuspicion(GossipOptions options) {
    return options.withSuspicion(least -> least.withMaxMultiplier(1).withConfirmations(0));
  }

  private static String row(Summary summary) {
    var options = summary.options();
    return "%-6d %-9s %6d %8s %8s %8s %8s %8s %8s %6d %6d %9.0f %8.1f"
        .formatted(
            options.nodes(),
            options.scenario().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            summary.runs().size(),
            text(summary.quantile(0.5, run -> run.first())),
            text(summary.quantile(0.5, run -> run.all())),
            text(summary.quantile(0.99, run -> run.all())),
            text(summary.quantile(0.99, run -> run.largerMillis())),
            text(summary.quantile(0.99, run -> run.smallerMillis())),
            text(summary.quantile(0.99, run -> run.healMillis())),
            summary.falsePositives(),
            summary.falseAtHealthy(),
            summary.bytesPerNodePerSecond(),
            summary.packetsPerNodePerSecond());
  }

  private String line(Summary summary) {
    var options = summary.options();
    return new JsonLine()
        .put("nodes", (long) options.nodes())
        .put("scenario", options.scenario().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("seed", seed)
        .put("seeds", (long) summary.runs().size())
        .put("detectFirstMs", summary.quantile(0.5, run -> run.first()))
        .put("detectAllP99Ms", summary.quantile(0.99, run -> run.all()))
        .put("falsePositives", summary.falsePositives())
        .put("falseAtHealthy", summary.falseAtHealthy())
        .put("bytesPerNodePerSecond", summary.bytesPerNodePerSecond())
        .put("healMs", summary.quantile(0.99, run -> run.healMillis()))
        .put("violations", (long) summary.failures().size())
        .toString();
  }

  private static String text(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
  }
}
