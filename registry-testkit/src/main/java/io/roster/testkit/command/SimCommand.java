package io.roster.testkit.command;

import io.roster.node.cli.RosterCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code roster sim}: what the parts decide, under a made-up network and clock. */
@Command(
    name = "sim",
    description = "Simulates many nodes in one thread, from a seed.",
    subcommands = GossipSimCommand.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class SimCommand implements RosterCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "expected what to simulate, such as gossip");
  }
}
