package io.roster.bench;

import io.roster.bench.local.LocalSuite;
import io.roster.node.cli.RosterCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code roster bench local}: processes of one node. */
@Command(
    name = "local",
    description = "Processes of one node.",
    footer = {
      "",
      "Exit code 0: measured; 1: something could not be measured, or, with --check, a goal was"
          + " missed; 2: what was asked makes no sense."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class LocalCommand implements RosterCommand {

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    return options.run(LocalSuite.suite(), spec);
  }
}
