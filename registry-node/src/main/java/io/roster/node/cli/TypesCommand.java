package io.roster.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roster types}: the messages that a node's modules brought. */
@Command(
    name = "types",
    description = "Shows the types of message that 'call' and 'send' can make.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class TypesCommand implements RosterCommand {

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    var answer = listing.client().get("/types");
    if (listing.isJson()) {
      return listing.printJson(answer);
    }
    answer.getAsJsonArray().forEach(name -> listing.line(name.getAsString()));
    return OK;
  }
}
