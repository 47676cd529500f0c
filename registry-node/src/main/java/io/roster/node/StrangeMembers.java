package io.roster.node;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import java.util.Collection;
import java.util.List;

/** Whom Hazelcast counts and gossip does not know: a ghost, or one that joins. Pure. */
final class StrangeMembers {

  private StrangeMembers() {}

  /**
   * Finds them.
   *
   * @param known all that gossip knows, in whatever state
   * @param inArbiter the texts of the ids that Hazelcast counts; what is none is left out
   */
  static List<NodeId> of(Collection<Member> known, Collection<String> inArbiter) {
    return inArbiter.stream()
        .filter(id -> known.stream().noneMatch(member -> member.id().toString().equals(id)))
        .filter(id -> id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}#[0-9]{1,18}"))
        .map(StrangeMembers::parse)
        .sorted()
        .toList();
  }

  private static NodeId parse(String id) {
    int border = id.lastIndexOf('#');
    return new NodeId(
        new NodeName(id.substring(0, border)), Long.parseLong(id.substring(border + 1)));
  }
}
