package io.roster.net.membership;

import java.net.InetSocketAddress;

/** Which addresses a node can have. Stateless. */
public final class GossipAddress {

  private GossipAddress() {}

  /** Whether one node can be reached there: it is resolved, no wildcard, and no group's. */
  public static boolean isOfOneNode(InetSocketAddress address) {
    return !address.isUnresolved()
        && !address.getAddress().isAnyLocalAddress()
        && !address.getAddress().isMulticastAddress();
  }
}
