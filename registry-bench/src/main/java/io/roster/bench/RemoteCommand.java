package io.roster.bench;

import io.roster.bench.beam.BeamPeer;
import io.roster.bench.remote.RemoteWorks;
import io.roster.node.cli.JsonOption;
import io.roster.node.cli.RosterCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code roster bench remote}: three nodes on this machine. */
@Command(name = "remote", description = "Three nodes on this machine, each a JVM of its own.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class RemoteCommand implements RosterCommand {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    Suite.Result result;
    try (var works = RemoteWorks.start()) {
      result = new Suite("remote", works.works()).run(new BeamPeer(), ResultPrinter::progress);
    }
    ResultPrinter.print(result, spec.commandLine().getOut(), json.isOn());
    return OK;
  }
}
