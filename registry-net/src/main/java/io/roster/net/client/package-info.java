/**
 * Clients: programs outside the cluster that send to its processes by name.
 *
 * <p>A program begins with {@link io.roster.net.client.RosterClient}; a node serves clients by
 * {@link io.roster.net.client.ClientAcceptor}. The client is no member, joins no gossip and needs
 * neither Hazelcast nor processes of its own: one connection to any node does, and it finds another
 * when that is lost.
 */
@NullMarked
package io.roster.net.client;

import org.jspecify.annotations.NullMarked;
