package io.roster.node;

import io.roster.core.process.ProcessSystem;
import io.roster.net.client.ClientAcceptor;
import io.roster.net.membership.udp.GossipMembership;
import io.roster.net.transport.netty.NettyTransport;
import io.roster.node.fleet.Fleet;
import io.roster.node.names.GlobalNames;
import io.roster.node.names.hazelcast.HazelcastArbiter;

/**
 * The running parts of one node. Immutable.
 *
 * @param system its processes
 * @param network who is in the cluster, and the links there
 * @param arbiter the Hazelcast member below the names
 * @param names the names of the cluster
 * @param served what others use this node for
 */
record NodeParts(
    ProcessSystem system,
    Network network,
    HazelcastArbiter arbiter,
    GlobalNames names,
    Served served) {

  /**
   * What leads to other nodes.
   *
   * @param membership who is in the cluster
   * @param transport the links
   * @param replacement whether another start of its name has taken its place there
   */
  record Network(GossipMembership membership, NettyTransport transport, Replacement replacement) {}

  /**
   * What others use this node for.
   *
   * @param fleet the workers of the cluster
   * @param clients programs outside the cluster
   */
  record Served(Fleet fleet, ClientAcceptor clients) {}

  Fleet fleet() {
    return served.fleet();
  }

  GossipMembership membership() {
    return network.membership();
  }

  NettyTransport transport() {
    return network.transport();
  }

  Replacement replacement() {
    return network.replacement();
  }
}
