package io.roster.node.config;

import java.net.InetAddress;

/**
 * Where a node listens for its cluster. Immutable.
 *
 * @param bind the interface for gossip, links and Hazelcast
 * @param advertise the address that the others are told; differs from {@code bind} behind NAT and
 *     when {@code bind} is a wildcard
 * @param ports on that interface
 */
public record ListenOptions(InetAddress bind, InetAddress advertise, Ports ports) {

  /** Refuses to advertise what nobody can dial. */
  public ListenOptions {
    if (advertise.isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          "expected an address that others can dial, got: " + advertise.getHostAddress());
    }
  }

  /** Whether none but this machine can reach the node. */
  public boolean isLoopback() {
    return bind.isLoopbackAddress();
  }

  /**
   * Ports of one node; zero lets the system choose.
   *
   * @param gossip UDP and TCP: membership
   * @param link TCP: signals, names, hand-offs and clients
   * @param arbiter TCP: Hazelcast among members
   */
  public record Ports(int gossip, int link, int arbiter) {

    /** Every port chosen by the system. */
    public static final Ports ANY = new Ports(0, 0, 0);

    /** Checks each. */
    public Ports {
      requirePort("gossip", gossip);
      requirePort("link", link);
      requirePort("arbiter", arbiter);
    }
  }

  static void requirePort(String what, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "expected the " + what + " port to be from 0 (any) to 65535, got: " + port);
    }
  }
}
