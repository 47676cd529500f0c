package io.roster.bench;

import io.roster.bench.beam.BeamPeer;
import io.roster.bench.local.LocalWorks;
import io.roster.node.cli.JsonOption;
import io.roster.node.cli.RosterCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code roster bench local}: processes of one node. */
@Command(name = "local", description = "Processes of one node.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class LocalCommand implements RosterCommand {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    try (var works = new LocalWorks()) {
      var result = new Suite("local", works.works()).run(new BeamPeer(), ResultPrinter::progress);
      ResultPrinter.print(result, spec.commandLine().getOut(), json.isOn());
    }
    return OK;
  }
}
