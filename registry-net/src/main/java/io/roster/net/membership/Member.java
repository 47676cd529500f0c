package io.roster.net.membership;

import io.roster.core.identity.NodeId;
import java.net.InetSocketAddress;

/**
 * One start of a node, as gossip knows it. Immutable.
 *
 * @param id name and incarnation
 * @param gossipAddress where its datagrams come from and go to
 * @param state what is believed of it
 * @param version what the member raises to refute a suspicion or to publish metadata
 * @param metadata what it says of itself
 */
public record Member(
    NodeId id,
    InetSocketAddress gossipAddress,
    MemberState state,
    long version,
    NodeMetadata metadata) {

  /** Whether it may be sent to and may own names: alive or merely suspected. */
  public boolean isUp() {
    return state == MemberState.ALIVE || state == MemberState.SUSPECT;
  }

  /** The same start in another state and of another version. */
  public Member with(MemberState otherState, long otherVersion) {
    return new Member(id, gossipAddress, otherState, otherVersion, metadata);
  }
}
