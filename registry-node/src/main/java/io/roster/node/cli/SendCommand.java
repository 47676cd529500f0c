package io.roster.node.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roster send NAME TYPE [JSON]}: sends to a named process and waits for nothing. */
@Command(
    name = "send",
    description = "Sends to the process with a global name and waits for no answer; see call.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class SendCommand implements RosterCommand {

  private static final Duration WAIT = Duration.ofSeconds(10);

  @Mixin private Listing listing;

  @Mixin private NamedMessage message;

  @Override
  public Integer call() {
    var answer = listing.client().post(message.path("send"), message.json(), WAIT);
    if (listing.isJson()) {
      return listing.printJson(answer);
    }
    listing.line("sent to " + message.name());
    return OK;
  }
}
