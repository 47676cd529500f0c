package io.roster.node.config;

import io.roster.net.membership.udp.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of gossip keys that an operator wrote. Stateless. */
public final class GossipKeyFile {

  private static final String KEY = "roster.cluster.gossip-key-file";

  private GossipKeyFile() {}

  /**
   * The keys in {@code file}, one in each line; the first one seals.
   *
   * @throws BadOption if it has none or cannot be read; the message shows no key
   */
  public static Keyring read(Path file) {
    try {
      return Keyring.parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new BadOption(
          KEY, "a file that can be read", file + " (" + e.getClass().getSimpleName() + ")");
    } catch (IllegalArgumentException e) {
      throw new BadOption(KEY, new IllegalArgumentException(e.getMessage() + ", in " + file, e));
    }
  }
}
