package io.roster.net.membership.udp;

import java.net.InetSocketAddress;

/** Cuts the network for drills and tests. Called on the membership thread. */
@FunctionalInterface
public interface LinkFilter {

  /** Lets everything pass. */
  LinkFilter OPEN = (_, _) -> true;

  /** Which way something goes. */
  enum Way {
    /** To the peer. */
    OUT,
    /** From the peer. */
    IN
  }

  /** Whether datagrams, and streams that this node opens, pass to or from {@code peer}. */
  boolean passes(Way way, InetSocketAddress peer);
}
