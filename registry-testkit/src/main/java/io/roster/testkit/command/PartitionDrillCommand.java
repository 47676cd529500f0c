package io.roster.testkit.command;

import io.roster.core.time.Ticker;
import io.roster.node.cli.CommandFailure;
import io.roster.node.cli.RosterCommand;
import io.roster.testkit.drill.History;
import io.roster.testkit.drill.NetnsDrillCluster;
import io.roster.testkit.drill.PartitionDrill;
import io.roster.testkit.drill.PartitionOptions;
import io.roster.testkit.drill.PartitionReport;
import io.roster.testkit.drill.PartitionVerdict;
import io.roster.testkit.drill.Split;
import io.roster.testkit.network.NetnsSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roster drill partition}: a network split, and what became of every name. */
@Command(
    name = "partition",
    description = {
      "Starts nodes, registers names, cuts the network, lets every side go on by "
          + "itself, heals, and judges: every name has one owner that all agree on, "
          + "every loser was told once, what was given up stays away. Exit code 0 only "
          + "then.",
      "Needs Linux network namespaces: root, or a user who may create namespaces."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class PartitionDrillCommand implements RosterCommand {

  @Spec private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many nodes. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--split",
      paramLabel = "N,N…",
      defaultValue = "3,2",
      description = "How many of them on each side of the cut. Default: ${DEFAULT-VALUE}.")
  private String split;

  @Option(
      names = "--names",
      paramLabel = "N",
      defaultValue = "200",
      description = "Names registered before the cut. Default: ${DEFAULT-VALUE}.")
  private int names;

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long the cut lasts at least, such as 500ms, 10s, 2m. Default: 10s.")
  private Duration hold;

  @Option(names = "--json", description = "Print nothing but the last line, which is JSON.")
  private boolean json;

  @Option(names = "--report", paramLabel = "FILE", description = "Write a page for people.")
  private @Nullable Path report;

  @Option(
      names = "--logs",
      paramLabel = "FOLDER",
      description = "Keep the nodes' logs here. Default: a temporary folder, kept on failure.")
  private @Nullable Path logs;

  @Override
  public Integer call() throws InterruptedException, IOException {
    var options = new PartitionOptions(Split.parse(split, nodes), names, hold);
    ReportFile.check(report);
    NetnsSupport.missing()
        .ifPresent(
            reason -> {
              throw CommandFailure.failed("drill partition: " + reason);
            });
    var folder = DrillLogs.open(logs);
    var history = new History(Ticker.SYSTEM);
    var verdict = run(options, history, folder.path());
    if (report != null) {
      Files.writeString(report, PartitionReport.html(options, history.entries(), verdict));
    }
    print(verdict, folder);
    return verdict.isPass() ? OK : FAILED;
  }

  private PartitionVerdict run(PartitionOptions options, History history, Path folder)
      throws InterruptedException {
    try (var cluster = NetnsDrillCluster.start(options.split(), history, folder)) {
      return new PartitionDrill(options, cluster, history, DrillLogs.progress(spec)).run();
    } catch (IllegalStateException e) {
      throw CommandFailure.failed(
          "drill partition: %s%nlogs: %s".formatted(e.getMessage(), folder));
    }
  }

  private void print(PartitionVerdict verdict, DrillLogs folder) throws IOException {
    var out = spec.commandLine().getOut();
    if (!json) {
      out.printf(
          Locale.ROOT,
          "%d names with one owner of %d, %d without, %d with several; %d removed ones back%n",
          verdict.one(),
          verdict.names(),
          verdict.none(),
          verdict.many(),
          verdict.removedBack());
      out.printf(
          Locale.ROOT,
          "%d names contested, %d claims gave way, %d of them were told once%n",
          verdict.conflicts(),
          verdict.losers(),
          verdict.losersTold());
      out.printf(
          Locale.ROOT,
          "cut noticed by all after %s, replicas agreed %s after its end%n",
          millis(verdict.detectMs()),
          millis(verdict.healMs()));
    }
    folder.close(verdict.isPass(), spec);
    out.println(verdict.toJson());
    out.flush();
  }

  private static String millis(OptionalLong millis) {
    return millis.isPresent() ? millis.getAsLong() + " ms" : "never";
  }
}
