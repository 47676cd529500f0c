package io.roster.node.cli;

import io.roster.node.config.HostPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node a command asks; used as a picocli mixin. */
public final class AdminOption {

  private static final String DEFAULT = "127.0.0.1:7201";

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      description = "The admin port to ask; else ROSTER_ADMIN, else " + DEFAULT + ".")
  private @Nullable String address;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file whose first line is the token; else ROSTER_ADMIN_TOKEN.")
  private @Nullable Path tokenFile;

  /** A client for that node; nothing is connected yet. */
  public AdminClient client() {
    var text =
        Optional.ofNullable(address)
            .or(() -> Optional.ofNullable(System.getenv("ROSTER_ADMIN")))
            .orElse(DEFAULT);
    try {
      return new AdminClient(HostPort.parse(text), token());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("option --admin: " + e.getMessage());
    }
  }

  /** A client for another node with the same token. */
  public AdminClient client(HostPort other) {
    return new AdminClient(other, token());
  }

  private String token() {
    if (tokenFile == null) {
      return Optional.ofNullable(System.getenv("ROSTER_ADMIN_TOKEN")).orElse("");
    }
    try (var lines = Files.lines(tokenFile)) {
      return lines.findFirst().orElse("").trim();
    } catch (java.io.IOException | java.io.UncheckedIOException e) {
      throw CommandFailure.usage(
          "option --token-file: expected a file that can be read, got: " + tokenFile);
    }
  }
}
