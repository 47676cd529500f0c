package io.roster.net.membership;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a node says of itself. At most 512 bytes on the wire, and nothing that changes with every
 * registration. Immutable.
 *
 * @param linkAddress where it takes links from other nodes and clients
 * @param arbiterAddress where its Hazelcast member listens
 * @param arbiterReady whether that member has joined
 * @param leaving whether it is handing its workers off and takes no new ones
 * @param weight its share of the workers, one for an ordinary node
 * @param roles what it is for; free words
 */
public record NodeMetadata(
    Optional<InetSocketAddress> linkAddress,
    Optional<InetSocketAddress> arbiterAddress,
    boolean arbiterReady,
    boolean leaving,
    int weight,
    SortedSet<String> roles) {

  /** The same of a node whose links are taken at {@code address}. */
  public NodeMetadata withLink(InetSocketAddress address) {
    return new NodeMetadata(
        Optional.of(address), arbiterAddress, arbiterReady, leaving, weight, roles);
  }

  /** The same of a node that hands its workers over and takes no new ones. */
  public NodeMetadata asLeaving() {
    return new NodeMetadata(linkAddress, arbiterAddress, arbiterReady, true, weight, roles);
  }
}
