package io.roster.bench;

import io.roster.bench.remote.RemoteWorks;
import io.roster.node.cli.RosterCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code roster bench remote}: three nodes on this machine. */
@Command(
    name = "remote",
    description = "Three nodes on this machine, each a JVM of its own.",
    footer = {
      "",
      "Exit code 0: measured; 1: something could not be measured, or, with --check, a goal was"
          + " missed; 2: what was asked makes no sense."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class RemoteCommand implements RosterCommand {

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    try (var works = RemoteWorks.start()) {
      return options.run(new Suite("remote", List.of(new Group("nodes", works.works()))), spec);
    }
  }
}
