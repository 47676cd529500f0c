package io.roster.node.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(index = "0", paramLabel = "NAME", description = "The global name.")
  private String name;

  @Parameters(index = "1", paramLabel = "TYPE", description = "The type of the message.")
  private String type;

  @Parameters(
      index = "2",
      paramLabel = "JSON",
      arity = "0..1",
      defaultValue = "{}",
      description = "The message's components; the reply handle is filled in.")
  private String json;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      defaultValue = "5000",
      description = "How long to wait. Default: ${DEFAULT-VALUE}.")
  private long timeoutMs;

  @Override
  public Integer call() {
    var path =
        "/names/%s/call?type=%s&timeout=%d"
            .formatted(AdminClient.segment(name), AdminClient.segment(type), timeoutMs);
    var answer = listing.client().post(path, json, Duration.ofMillis(timeoutMs).plus(SLACK));
    return listing.printJson(listing.isJson() ? answer : answer.getAsJsonObject().get("reply"));
  }
}
