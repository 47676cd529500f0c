package io.roster.node.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code roster call NAME TYPE [JSON]}: asks a named process and prints its answer. */
@Command(
    name = "call",
    description = {
      "Asks the process with a global name and prints its answer as JSON.",
      "The message's type is one that the node's modules registered, a variant of a sealed one"
          + " written as alias.Variant; 'roster types' lists them."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class CallCommand implements RosterCommand {

  private static final Duration SLACK = Duration.ofSeconds(5);

  @Mixin private Listing listing;

  @Mixin private NamedMessage message;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      defaultValue = "5000",
      description = "How long to wait. Default: ${DEFAULT-VALUE}.")
  private long timeoutMs;

  @Override
  public Integer call() {
    var path = message.path("call") + "&timeout=" + timeoutMs;
    var answer =
        listing.client().post(path, message.json(), Duration.ofMillis(timeoutMs).plus(SLACK));
    return listing.printJson(listing.isJson() ? answer : answer.getAsJsonObject().get("reply"));
  }
}
