package io.roster.testkit.command;

import io.roster.core.time.Ticker;
import io.roster.net.membership.GossipOptions;
import io.roster.node.cli.CommandFailure;
import io.roster.node.cli.RosterCommand;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.gossip.TrialOptions;
import io.roster.testkit.gossip.report.Cell;
import io.roster.testkit.gossip.report.Goal;
import io.roster.testkit.gossip.report.Goals;
import io.roster.testkit.gossip.report.GossipJson;
import io.roster.testkit.gossip.report.GossipReport;
import io.roster.testkit.gossip.report.Row;
import io.roster.testkit.gossip.report.Sweep;
import io.roster.testkit.gossip.report.SweepRun;
import io.roster.testkit.sim.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roster sim gossip}: how soon, how surely and at what cost nodes know who is up. */
@Command(
    name = "gossip",
    description =
        "Simulates the gossip of many nodes and prints how soon, how surely and at "
            + "what cost they know who is up. The nodes run the code that real nodes run. "
            + "Equal seeds give equal runs.",
    footer = {
      "",
      "Times are milliseconds of simulated time after the fault: until the first node saw it, until"
          + " all did; of a split, until all of the larger and of the smaller side did, and from its"
          + " end until all views were equal; p50 and p99 over the seeds. false: how often a node"
          + " that ran and could be reached was declared dead, at healthy: by healthy ones; slow"
          + " deaths: the same of slow ones. Bytes and packets are sent and received, in the time"
          + " of the fault and shortly after; --scenario quiet has those of a quiet cluster."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class GossipSimCommand implements RosterCommand {

  /** What says of one scenario what a sweep says of each of its own. */
  private static final List<String> OF_ONE_SCENARIO =
      List.of(
          "--nodes",
          "--scenario",
          "--preset",
          "--loss",
          "--runs",
          "--hold",
          "--affected",
          "--without",
          "--no-bytes");

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
          "quiet, crash, kill, leave, cut, one-way, partial, slow, starved or restart. Default: crash.")
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
          "Parts to switch off: repeats, look-around, neighbours, portions, settling, health,"
              + " confirmations, buddy, verifiers, deaths, pauses, echo; or all of them: lifeguard.")
  private List<String> without = List.of();

  @Option(
      names = "--no-bytes",
      description = "Count neither bytes nor invariants, which is faster for many nodes.")
  private boolean noBytes;

  @Option(
      names = "--sweep",
      paramLabel = "NAME",
      split = ",",
      description =
          "Instead of one scenario, all that answer a question: nodes, presets, "
              + "ablation, loss, splits, restart or cuts; several, separated by commas, or "
              + "all. A sweep chooses its own nodes, presets, times and seeds.")
  private List<String> sweeps = List.of();

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      defaultValue = "20m",
      converter = DurationConverter.class,
      description =
          "How long all runs together may take; what does not fit is left out, and "
              + "named. Default: ${DEFAULT-VALUE}.")
  private Duration budget;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "How many runs at once. Default: one for each core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--report", paramLabel = "FILE", description = "Write a page with plots.")
  private @Nullable Path report;

  @Option(names = "--json", description = "End with one line for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var cells = cells();
    ReportFile.check(report);
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var run =
        new SweepRun(
            cells,
            seed,
            Ticker.SYSTEM,
            line -> {
              err.println(line);
              err.flush();
            });
    var outcome = run.run(budget, threads);
    out.print(Row.table(outcome.rows()).text());
    if (!sweeps.isEmpty()) {
      out.println();
      out.print(Goal.table(Goals.of(outcome.rows())).text());
    }
    outcome.leftOut().forEach(line -> out.println("left out by the budget: " + line));
    failures(outcome.rows()).forEach(out::println);
    if (report != null) {
      Files.writeString(report, GossipReport.html(commandLine(), outcome));
    }
    if (json) {
      out.println(GossipJson.line(label(), seed, outcome));
    }
    out.flush();
    return failures(outcome.rows()).isEmpty() ? OK : FAILED;
  }

  private List<Cell> cells() {
    atLeastOne("--runs", runs);
    atLeastOne("--threads", threads);
    try {
      if (!sweeps.isEmpty()) {
        refuseOfOneScenario();
        var asked = EnumSet.noneOf(Sweep.class);
        sweeps.forEach(name -> asked.addAll(Sweep.named(name)));
        return Sweep.cells(asked);
      }
      return nodes.stream()
          .map(count -> new Cell(Optional.empty(), preset, trial(count), runs))
          .toList();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private TrialOptions trial(int count) {
    var what = Scenario.named(scenario);
    int few = what == Scenario.SLOW ? 4 : Math.max(1, count * 2 / 5);
    var gossip = GossipOptions.preset(preset);
    for (String part : without) {
      gossip = Parts.without(gossip, part);
    }
    return new TrialOptions(
        count,
        what,
        gossip,
        Link.lan().losing(loss),
        hold,
        affected == 0 ? few : affected,
        !noBytes);
  }

  private void refuseOfOneScenario() {
    var given = spec.commandLine().getParseResult();
    var refused = OF_ONE_SCENARIO.stream().filter(given::hasMatchedOption).toList();
    if (!refused.isEmpty()) {
      throw CommandFailure.usage(
          "expected nothing that --sweep chooses itself, got: " + String.join(", ", refused));
    }
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw CommandFailure.usage("expected one or more for " + option + ", got: " + value);
    }
  }

  private String label() {
    return sweeps.isEmpty() ? scenario : "sweep " + String.join(",", sweeps);
  }

  private String commandLine() {
    var arguments = spec.commandLine().getParseResult().originalArgs();
    return "./roster " + String.join(" ", arguments);
  }

  private static List<String> failures(List<Row> rows) {
    return rows.stream().flatMap(row -> row.summary().failures().stream()).toList();
  }
}
