package io.roster.node.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roster drain}: a node hands its workers over and takes no more, but stays a member. */
@Command(
    name = "drain",
    description = {
      "Has a node hand all its workers to the others and take no more until it starts again.",
      "It stays a member; stopping it afterwards moves nothing. What cannot move "
          + "in time is ended, and starts elsewhere without its state."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class DrainCommand implements RosterCommand {

  private static final Duration WAIT = Duration.ofMinutes(3);

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    var answer = listing.client().post("/drain", "", WAIT);
    if (listing.isJson()) {
      return listing.printJson(answer);
    }
    var report = answer.getAsJsonObject();
    listing.line(report.get("moved") + " workers moved, " + report.get("ended") + " ended");
    return OK;
  }
}
