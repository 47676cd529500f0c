package io.roster.node;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.udp.GossipMembership;
import io.roster.net.transport.Transport;

/**
 * Lets gossip look at once at whoever's link broke: a process that dies on a live host breaks its
 * links with its last breath, long before the next probe of the round.
 */
record BrokenLinks(GossipMembership membership) implements Transport.LinkListener {

  @Override
  public void onUp(NodeId peer) {
    // Gossip finds out by itself who is up.
  }

  @Override
  public void onDown(NodeId peer) {
    membership.check(peer.name());
  }
}
