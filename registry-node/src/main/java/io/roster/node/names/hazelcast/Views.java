package io.roster.node.names.hazelcast;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gossip's view of who is up beside Hazelcast's. Pure.
 *
 * @param expected the nodes that gossip sees up with a member that has joined
 * @param gone the nodes that gossip has given up and Hazelcast still counts
 * @param agree whether the two views are equal
 * @param mustGiveWay whether, if they are not, it is for this node to start its member again
 */
record Views(Set<String> expected, List<NodeId> gone, boolean agree, boolean mustGiveWay) {

  static Views compare(NodeId self, List<Member> members, Set<String> hazelcast) {
    var expected = new TreeSet<String>();
    for (var member : members) {
      if (member.isUp() && (member.metadata().arbiterReady() || member.id().equals(self))) {
        expected.add(member.id().toString());
      }
    }
    var gone =
        members.stream()
            .filter(member -> !member.isUp() && hazelcast.contains(member.id().toString()))
            .map(Member::id)
            .toList();
    return new Views(
        expected, gone, expected.equals(hazelcast), givesWay(expected, new HashSet<>(hazelcast)));
  }

  /* The smaller part gives way, so that the larger one stays to be joined; of two equal ones the
   * part without the first node. */
  private static boolean givesWay(TreeSet<String> expected, Set<String> hazelcast) {
    var missing = new TreeSet<>(expected);
    missing.removeAll(hazelcast);
    if (missing.isEmpty()) {
      return false;
    }
    int here = expected.size() - missing.size();
    return here < missing.size()
        || (here == missing.size() && !hazelcast.contains(expected.first()));
  }
}
