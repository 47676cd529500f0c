package io.roster.node.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A host and a port as people write them: {@code 10.0.0.7:7001}, {@code db-1:7001}, {@code
 * [::1]:7001}. Immutable.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

  /** Checks both. */
  public HostPort {
    if (host.isBlank()) {
      throw new IllegalArgumentException("expected a host before the colon, got: \"" + host + "\"");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("expected a port from 1 to 65535, got: " + port);
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static HostPort parse(String text) {
    var trimmed = text.trim();
    int colon = trimmed.lastIndexOf(':');
    if (colon <= 0 || !trimmed.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalArgumentException("expected host:port, got: \"" + text + "\"");
    }
    var host = trimmed.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "expected an IPv6 address in brackets, got: \"" + text + "\"");
    }
    return new HostPort(host, Integer.parseInt(trimmed.substring(colon + 1)));
  }

  /** The host and port of a resolved address. */
  public static HostPort of(InetSocketAddress address) {
    return new HostPort(address.getAddress().getHostAddress(), address.getPort());
  }

  /** Looks the host up; may block on the resolver. */
  public InetSocketAddress resolve() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
