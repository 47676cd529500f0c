package io.roster.testkit.command;

import io.roster.node.cli.CommandFailure;
import io.roster.node.cli.RosterCommand;
import io.roster.node.cli.Table;
import io.roster.testkit.drill.gossip.Fault;
import io.roster.testkit.drill.gossip.GossipDrill;
import io.roster.testkit.drill.gossip.GossipDrillOptions;
import io.roster.testkit.drill.gossip.GossipVerdict;
import io.roster.testkit.network.NetnsSupport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roster drill gossip}: a fault, and who saw whom go and come back, and when. */
@Command(
    name = "gossip",
    description = {
      "Starts nodes that do nothing but gossip, does something to them, and "
          + "judges: who is gone for others is seen to go by each of them, once and in "
          + "time, and to come back as often; nobody else is, from the first calm on. "
          + "Exit code 0 only then. Deaths before it, while the JVMs start, are no "
          + "failure: startDeaths in the JSON counts them.",
      "Needs Linux network namespaces: root, or a user who may create namespaces."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class GossipDrillCommand implements RosterCommand {

  @Spec private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many nodes. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      defaultValue = "kill",
      description =
          "kill: kill -9 of one, started again later; stop: SIGSTOP of one; cut: "
              + "nothing passes between two sides; oneway: what one node sends is lost; "
              + "partial: nothing passes between two nodes; busy: other programs keep every "
              + "core busy. Default: ${DEFAULT-VALUE}.")
  private Fault fault;

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long it lasts at least, such as 5s, 90s, 2m. Default: 10s.")
  private Duration hold;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often, each time to another node. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--calm",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description =
          "For how long nobody may suspect anybody before a fault; longer also lets "
              + "the JVMs warm up. Default: 5s.")
  private Duration calm;

  @Option(names = "--json", description = "Print nothing but the last line, which is JSON.")
  private boolean json;

  @Option(
      names = "--logs",
      paramLabel = "FOLDER",
      description = "Keep the nodes' logs here. Default: a temporary folder, kept on failure.")
  private @Nullable Path logs;

  @Override
  public Integer call() throws InterruptedException, IOException {
    var options = new GossipDrillOptions(nodes, fault, hold, rounds, calm);
    NetnsSupport.missing()
        .ifPresent(
            reason -> {
              throw CommandFailure.failed("drill gossip: " + reason);
            });
    var folder = DrillLogs.open(logs);
    GossipVerdict verdict;
    try {
      verdict = GossipDrill.run(options, folder.path(), DrillLogs.progress(spec));
    } catch (IllegalStateException e) {
      throw CommandFailure.failed(
          "drill gossip: %s%nlogs: %s".formatted(e.getMessage(), folder.path()));
    }
    print(verdict);
    folder.close(verdict.isPass(), spec);
    spec.commandLine().getOut().println(verdict.toJson());
    spec.commandLine().getOut().flush();
    return verdict.isPass() ? OK : FAILED;
  }

  private void print(GossipVerdict verdict) {
    if (json) {
      return;
    }
    var out = spec.commandLine().getOut();
    var table = new Table("round", "node", "saw the last one go after", "saw it back after");
    for (int round = 0; round < verdict.rounds().size(); round++) {
      for (var seen : verdict.rounds().get(round).seen()) {
        table.row(round + 1, "n" + seen.observer(), millis(seen.downMs()), millis(seen.backMs()));
      }
    }
    if (table.size() > 0) {
      table.print(out);
    }
    for (int round = 0; round < verdict.rounds().size(); round++) {
      var judgement = verdict.rounds().get(round);
      out.printf(
          Locale.ROOT,
          "round %d: seen first after %s, by all after %s, back everywhere after %s; %d false deaths, %d suspicions of nodes that could be reached%n",
          round + 1,
          millis(judgement.firstMs()),
          millis(judgement.allMs()),
          millis(judgement.backMs()),
          judgement.falseDeaths(),
          judgement.accusations());
    }
    verdict.complaints().forEach(complaint -> out.println("complaint: " + complaint));
  }

  private static String millis(OptionalLong millis) {
    return millis.isPresent() ? millis.getAsLong() + " ms" : "-";
  }
}
