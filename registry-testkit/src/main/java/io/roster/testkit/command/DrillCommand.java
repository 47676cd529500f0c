package io.roster.testkit.command;

import io.roster.node.cli.RosterCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code roster drill}: faults on purpose, judged from outside. */
@Command(
    name = "drill",
    description = "Does to real nodes what may happen to them, and judges what came of it.",
    subcommands = {PartitionDrillCommand.class, GossipDrillCommand.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class DrillCommand implements RosterCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "expected a drill, such as partition or gossip");
  }
}
