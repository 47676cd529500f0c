package io.roster.node.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code roster kill NAME}: ends a named process; its supervisor or the fleet starts it again. */
@Command(
    name = "kill",
    description = "Kills the process with a global name. A worker of the fleet starts again.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class KillCommand implements RosterCommand {

  private static final Duration WAIT = Duration.ofSeconds(10);

  @Mixin private Listing listing;

  @Parameters(paramLabel = "NAME", description = "The global name.")
  private String name;

  @Override
  public Integer call() {
    var answer = listing.client().post("/names/" + AdminClient.segment(name) + "/kill", "", WAIT);
    if (listing.isJson()) {
      return listing.printJson(answer);
    }
    listing.line("killed " + answer.getAsJsonObject().get("killed").getAsString());
    return OK;
  }
}
