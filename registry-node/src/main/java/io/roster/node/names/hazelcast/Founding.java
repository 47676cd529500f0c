package io.roster.node.names.hazelcast;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import java.util.Comparator;
import java.util.List;

/*
 * A node offers to found by telling where its member is to listen. One whose start failed withdraws
 * that, so that the next name has its turn. It offers again only when nobody else does: with a fixed
 * time it would be first once more, and of several that cannot start some would be before all others
 * for ever.
 */

/** Whether a node may start its Hazelcast member. Pure. */
enum Founding {
  /** Somebody else founds. */
  WAIT,
  /** Nobody offers to found, so this node is to. */
  OFFER,
  /** Nobody has joined yet, and this node comes first of those that offer. */
  FOUND,
  /** There is a member to join. */
  JOIN;

  static Founding decide(NodeId self, List<Member> members) {
    var up = members.stream().filter(Member::isUp).toList();
    boolean joined =
        up.stream()
            .anyMatch(member -> member.metadata().arbiterReady() && !member.id().equals(self));
    if (joined) {
      return JOIN;
    }
    return up.stream()
        .filter(member -> member.metadata().arbiterAddress().isPresent())
        .map(Member::id)
        .min(Comparator.naturalOrder())
        .map(first -> first.equals(self) ? FOUND : WAIT)
        .orElse(OFFER);
  }
}
