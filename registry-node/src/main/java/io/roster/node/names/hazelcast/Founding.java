package io.roster.node.names.hazelcast;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import java.util.Comparator;
import java.util.List;

/** Whether a node may start its Hazelcast member. Pure. */
enum Founding {
  /** Somebody else founds. */
  WAIT,
  /** Nobody has joined yet, and this node comes first. */
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
    // Nodes without an arbiter of their own cannot found.
    var first =
        up.stream()
            .filter(m -> m.metadata().arbiterAddress().isPresent() || m.id().equals(self))
            .map(Member::id)
            .min(Comparator.naturalOrder());
    return first.isPresent() && first.get().equals(self) ? FOUND : WAIT;
  }
}
