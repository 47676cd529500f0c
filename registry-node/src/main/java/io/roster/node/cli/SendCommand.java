package io.roster.node.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code roster send NAME TYPE [JSON]}: sends to a named process and waits for nothing. */
@Command(
    name = "send",
    description = "Sends to the process with a global name and waits for no answer; see call.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class SendCommand implements RosterCommand {

  private static final Duration WAIT = Duration.ofSeconds(10);

  @Mixin private Listing listing;

  @Parameters(index = "0", paramLabel = "NAME", description = "The global name.")
  private String name;

  @Parameters(index = "1", paramLabel = "TYPE", description = "The type of the message.")
  private String type;

  @Parameters(
      index = "2",
      paramLabel = "JSON",
      arity = "0..1",
      defaultValue = "{}",
      description = "The message's components.")
  private String json;

  @Override
  public Integer call() {
    var path =
        "/names/%s/send?type=%s".formatted(AdminClient.segment(name), AdminClient.segment(type));
    var answer = listing.client().post(path, json, WAIT);
    if (listing.isJson()) {
      return listing.printJson(answer);
    }
    listing.line("sent to " + name);
    return OK;
  }
}
