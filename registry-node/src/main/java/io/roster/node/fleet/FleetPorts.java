package io.roster.node.fleet;

import io.roster.core.process.ProcessSystem;
import io.roster.net.membership.Membership;
import io.roster.net.transport.Transport;
import io.roster.node.names.GlobalNames;

/**
 * What a node's part of the fleet stands on.
 *
 * @param processes the processes of this node; its clock is the fleet's
 * @param transport links to other nodes; the fleet takes the frames of its feature
 * @param membership who is up
 * @param names who has which name
 * @param messages how held-back messages cross the wire
 */
public record FleetPorts(
    ProcessSystem processes,
    Transport transport,
    Membership membership,
    GlobalNames names,
    MessageCodec messages) {}
