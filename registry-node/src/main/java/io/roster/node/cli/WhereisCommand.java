package io.roster.node.cli;

import io.roster.core.identity.ProcessName;
import io.roster.node.admin.Json;
import io.roster.node.admin.NodeView.NameRow;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code roster whereis NAME}: who has a global name; fails if nobody has. */
@Command(name = "whereis", description = "Shows who has a global name; exit code 1 if nobody has.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class WhereisCommand implements RosterCommand {

  @Mixin private Listing listing;

  @Parameters(paramLabel = "NAME", description = "The global name.")
  private String name;

  @Override
  public Integer call() {
    var path = "/names/" + AdminClient.segment(new ProcessName(name).value());
    var answer = listing.client().ask("GET", path, Duration.ofSeconds(10));
    if (answer.status() == 404) {
      throw CommandFailure.failed("no such name: " + name);
    }
    if (listing.isJson()) {
      return listing.printJson(answer.orElseThrow());
    }
    var row = Json.read(answer.orElseThrow(), NameRow.class);
    listing.line(row.pid() + " on " + row.node() + " (epoch " + row.epoch() + ")");
    return OK;
  }
}
