package io.roster.net.membership;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node says of itself. At most 512 bytes on the wire, and nothing that changes with every
 * registration. Immutable; begin with {@link #PLAIN} and change what should differ.
 *
 * @param linkAddress where it takes links from other nodes and clients
 * @param arbiterAddress where its Hazelcast member listens, or is to listen once it may start; none
 *     while it cannot start one
 * @param arbiterReady whether that member has joined
 * @param leaving whether it is handing its workers off and takes no new ones
 * @param weight its share of the workers, one for an ordinary node
 * @param roles what it is for; free words
 * @param protocols the versions of the link protocol that it speaks
 * @param load how much of its machine's processor time is in use, in quarters: from 0 to {@link
 *     #LOAD_MAX}, 0 also where it does not tell
 */
public record NodeMetadata(
    Optional<InetSocketAddress> linkAddress,
    Optional<InetSocketAddress> arbiterAddress,
    boolean arbiterReady,
    boolean leaving,
    int weight,
    SortedSet<String> roles,
    ProtocolVersions protocols,
    int load) {

  /** All processor time is in use. */
  public static final int LOAD_MAX = 4;

  /** An ordinary node of which nothing else is known: weight one, no addresses, no roles. */
  public static final NodeMetadata PLAIN =
      new NodeMetadata(
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          1,
          Collections.unmodifiableSortedSet(new TreeSet<>()),
          ProtocolVersions.FIRST,
          0);

  /** The same of a node whose links are taken at {@code address}. */
  public NodeMetadata withLink(InetSocketAddress address) {
    return new NodeMetadata(
        Optional.of(address),
        arbiterAddress,
        arbiterReady,
        leaving,
        weight,
        roles,
        protocols,
        load);
  }

  /** The same of a node whose Hazelcast member listens at {@code address}. */
  public NodeMetadata withArbiter(InetSocketAddress address) {
    return new NodeMetadata(
        linkAddress, Optional.of(address), arbiterReady, leaving, weight, roles, protocols, load);
  }

  /** The same of a node that has no Hazelcast member to speak of. */
  public NodeMetadata withoutArbiter() {
    return new NodeMetadata(
        linkAddress, Optional.empty(), false, leaving, weight, roles, protocols, load);
  }

  /** The same of a node whose Hazelcast member has joined, or has not. */
  public NodeMetadata withArbiterReady(boolean ready) {
    return new NodeMetadata(
        linkAddress, arbiterAddress, ready, leaving, weight, roles, protocols, load);
  }

  /** The same of a node that hands its workers over and takes no new ones. */
  public NodeMetadata asLeaving() {
    return new NodeMetadata(
        linkAddress, arbiterAddress, arbiterReady, true, weight, roles, protocols, load);
  }

  /** The same with another share of the workers. */
  public NodeMetadata withWeight(int share) {
    return new NodeMetadata(
        linkAddress, arbiterAddress, arbiterReady, leaving, share, roles, protocols, load);
  }

  /** The same of a node that is for something else. */
  public NodeMetadata withRoles(SortedSet<String> words) {
    return new NodeMetadata(
        linkAddress, arbiterAddress, arbiterReady, leaving, weight, words, protocols, load);
  }

  /** The same of a node that speaks other versions of the link protocol. */
  public NodeMetadata withProtocols(ProtocolVersions spoken) {
    return new NodeMetadata(
        linkAddress, arbiterAddress, arbiterReady, leaving, weight, roles, spoken, load);
  }

  /** The same of a node whose machine is as busy as that. */
  public NodeMetadata withLoad(int quarters) {
    return new NodeMetadata(
        linkAddress, arbiterAddress, arbiterReady, leaving, weight, roles, protocols, quarters);
  }
}
