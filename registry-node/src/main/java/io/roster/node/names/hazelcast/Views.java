package io.roster.node.names.hazelcast;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Gossip's view of who is up beside Hazelcast's, by the text of node ids. Pure.
 *
 * @param expected the nodes that gossip sees up with a member that has joined
 * @param missing those of them that Hazelcast does not count
 * @param gone those that Hazelcast counts and gossip has given up, or knows a later start of
 * @param strangers those that Hazelcast counts and gossip has never heard of, or has forgotten
 * @param agree whether Hazelcast counts whom gossip expects, and nobody else
 * @param turn whose part it is to start its member again if the views go on to differ
 */
record Views(
    NavigableSet<String> expected,
    NavigableSet<String> missing,
    NavigableSet<String> gone,
    NavigableSet<String> strangers,
    boolean agree,
    Turn turn) {

  /** When this node starts its Hazelcast member again. */
  enum Turn {
    /** Others do. */
    NEVER,
    /** As soon as the views have differed for too long. */
    FIRST,
    /** If that did not help for as long again. */
    SECOND
  }

  /**
   * The two views.
   *
   * @param members as gossip knows them
   * @param hazelcast as Hazelcast knows them, its oldest member first
   */
  static Views compare(NodeId self, List<Member> members, List<String> hazelcast) {
    var expected = new TreeSet<String>();
    Map<String, Member> known = new HashMap<>();
    var names = new HashSet<NodeName>();
    for (var member : members) {
      known.put(member.id().toString(), member);
      names.add(member.id().name());
      if (member.isUp() && (member.metadata().arbiterReady() || member.id().equals(self))) {
        expected.add(member.id().toString());
      }
    }
    var missing = new TreeSet<>(expected);
    hazelcast.forEach(missing::remove);
    var gone = new TreeSet<String>();
    var strangers = new TreeSet<String>();
    for (var node : hazelcast) {
      var member = known.get(node);
      if (member != null) {
        if (!member.isUp()) {
          gone.add(node);
        }
      } else if (names.contains(nameOf(node))) {
        gone.add(node);
      } else {
        strangers.add(node);
      }
    }
    boolean agree = expected.equals(new TreeSet<>(hazelcast));
    boolean ghosts = !gone.isEmpty() || !strangers.isEmpty();
    return new Views(
        expected,
        missing,
        gone,
        strangers,
        agree,
        turn(self, expected, missing, hazelcast, ghosts));
  }

  private static NodeName nameOf(String node) {
    return new NodeName(node.substring(0, node.lastIndexOf('#')));
  }

  /*
   * Where some are missing, a part that is no smaller than all others together stays to be joined; of
   * two equal ones that with the first node. Every other part gives way: whether the missing are one
   * part or several cannot be seen from here. The one with the first node does so later, for where there
   * are several and none of them is half of all, nobody would be left to join. Where Hazelcast counts
   * too many, its oldest member comes first, for what it says of the members holds for the others.
   */
  private static Turn turn(
      NodeId self,
      NavigableSet<String> expected,
      NavigableSet<String> missing,
      List<String> hazelcast,
      boolean ghosts) {
    if (!missing.isEmpty()) {
      int here = expected.size() - missing.size();
      boolean first = !missing.contains(expected.first());
      if (here > missing.size() || (here == missing.size() && first)) {
        return Turn.NEVER;
      }
      return first ? Turn.SECOND : Turn.FIRST;
    }
    if (!ghosts) {
      return Turn.NEVER;
    }
    var oldest = hazelcast.stream().filter(expected::contains).findFirst();
    return oldest.isPresent() && oldest.get().equals(self.toString()) ? Turn.FIRST : Turn.SECOND;
  }
}
