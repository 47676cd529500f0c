package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.util.List;

/** One piece of news about one member. Immutable. */
public sealed interface Rumor {

  /** Which start of which member it is about. */
  NodeId about();

  /** How recent it is; only the member itself raises it. */
  long version();

  /** All there is to know of a member, the way its owner told it. */
  record Told(Member member) implements Rumor {

    @Override
    public NodeId about() {
      return member.id();
    }

    @Override
    public long version() {
      return member.version();
    }
  }

  /**
   * A member contradicts what is held against it; all else that it says of itself is as it was.
   *
   * @param since the version from which on it is; whoever knows none as late has to ask
   */
  record Refuted(NodeId about, long version, long since) implements Rumor {}

  /**
   * A member is suspected, dead, or has left.
   *
   * @param state not {@code ALIVE}
   * @param accusers who found out by themselves, the first one first
   */
  record Accused(NodeId about, long version, MemberState state, List<NodeName> accusers)
      implements Rumor {}
}
