package io.roster.bench;

import io.roster.node.cli.RosterCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code roster bench}: figures, each beside a peer's. */
@Command(
    name = "bench",
    description = "Measures works beside the BEAM, which runs them in the same session.",
    subcommands = {LocalCommand.class, RemoteCommand.class, JmhCommand.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class BenchCommand implements RosterCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "expected a suite: local, remote or jmh");
  }
}
