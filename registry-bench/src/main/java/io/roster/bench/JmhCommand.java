package io.roster.bench;

import io.roster.bench.jmh.ProcessBenchmark;
import io.roster.node.cli.RosterCommand;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code roster bench jmh}: single operations of one node. */
@Command(name = "jmh", description = "Single operations of one node, under JMH.")
public final class JmhCommand implements RosterCommand {

  @Option(
      names = "--only",
      paramLabel = "WORD",
      description = "Run the benchmarks with WORD in their names alone.")
  private String only = "";

  @Override
  public Integer call() throws Exception {
    String named = Pattern.quote(ProcessBenchmark.class.getName()) + ".*" + Pattern.quote(only);
    var _ = new Runner(new OptionsBuilder().include(named).shouldFailOnError(true).build()).run();
    return OK;
  }
}
