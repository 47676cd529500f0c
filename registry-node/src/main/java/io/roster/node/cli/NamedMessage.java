package io.roster.node.cli;

import picocli.CommandLine.Parameters;

/** The parameters of a message to a name: {@code NAME TYPE [JSON]}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
final class NamedMessage {

  @Parameters(index = "0", paramLabel = "NAME", description = "The global name.")
  private String name;

  @Parameters(index = "1", paramLabel = "TYPE", description = "The type of the message.")
  private String type;

  @Parameters(
      index = "2",
      paramLabel = "JSON",
      arity = "0..1",
      defaultValue = "{}",
      description = "The message's components; a reply handle is filled in.")
  private String json;

  String name() {
    return name;
  }

  String json() {
    return json;
  }

  /** The admin path that does {@code verb} with it. */
  String path(String verb) {
    return "/names/%s/%s?type=%s"
        .formatted(AdminClient.segment(name), verb, AdminClient.segment(type));
  }
}
