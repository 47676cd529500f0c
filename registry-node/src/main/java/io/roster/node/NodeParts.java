package io.roster.node;

import io.roster.core.process.ProcessSystem;
import io.roster.net.membership.udp.GossipMembership;
import io.roster.net.transport.netty.NettyTransport;
import io.roster.node.names.GlobalNames;

/**
 * The running parts of one node. Immutable.
 *
 * @param system its processes
 * @param membership who is in the cluster
 * @param transport its links
 * @param names the names of the cluster
 */
record NodeParts(
    ProcessSystem system,
    GossipMembership membership,
    NettyTransport transport,
    GlobalNames names) {}
