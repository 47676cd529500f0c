package io.roster.testkit.cluster;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code roster node --json} says when it is ready. Immutable.
 *
 * @param gossip its gossip address, as host and port
 * @param link its link address
 * @param admin its admin address
 */
public record ReadyLine(HostAndPort gossip, HostAndPort link, HostAndPort admin) {

  private static final String BEGIN = "{\"event\":\"ready\"";

  /**
   * An address.
   *
   * @param host a name or a number
   * @param port from 1
   */
  public record HostAndPort(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** Whether a node says by this line that it is ready. */
  public static boolean is(String line) {
    return line.startsWith(BEGIN);
  }

  /**
   * Reads the line.
   *
   * @throws IllegalArgumentException if it is another one
   */
  public static ReadyLine parse(String line) {
    return new ReadyLine(address(line, "gossip"), address(line, "link"), address(line, "admin"));
  }

  private static HostAndPort address(String line, String key) {
    var matcher = Pattern.compile("\"" + key + "\":\"([^\"]+):(\\d+)\"").matcher(line);
    return Optional.of(matcher)
        .filter(m -> is(line) && m.find())
        .map(m -> new HostAndPort(m.group(1), Integer.parseInt(m.group(2))))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a ready line with " + key + ", got: " + line));
  }
}
