package io.roster.node.config;

import java.net.InetAddress;

/**
 * Where operators ask. Immutable.
 *
 * @param bind the interface
 * @param port zero lets the system choose
 * @param token what a request must carry as {@code Authorization: Bearer}; empty means none, which
 *     is allowed on loopback alone
 */
public record AdminOptions(InetAddress bind, int port, String token) {

  /** Refuses an open door to the network. */
  public AdminOptions {
    ListenOptions.requirePort("admin", port);
    if (token.isEmpty() && !bind.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "expected a token for an admin port outside loopback, got: none for "
              + bind.getHostAddress());
    }
  }

  /** On loopback, without a token. */
  public static AdminOptions loopback(int port) {
    return new AdminOptions(InetAddress.getLoopbackAddress(), port, "");
  }

  @Override
  public String toString() {
    return bind.getHostAddress() + ":" + port + (token.isEmpty() ? "" : " (token set)");
  }
}
