package io.roster.net.membership.udp;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Where a node that starts again looks for the others. Those that left count as well: of a cluster
 * that is stopped whole the last ones know nobody else.
 */
public final class KnownAddresses {

  private static final int MEMBERS_MAX = 1_024;

  /* Whoever starts again inside a split sees nobody of the other side, and may see others. One address
   * that is right is enough to meet; many that are not would keep seeds waiting for their turn.
   */
  private static final int EARLIER_MAX = 64;

  private KnownAddresses() {}

  /**
   * What to remember, best first: members by state, then what was remembered before and is nobody's
   * now.
   *
   * @param earlier what was remembered so far, best first
   * @param members the view of {@code self}
   */
  public static List<InetSocketAddress> merge(
      Collection<InetSocketAddress> earlier, Collection<Member> members, NodeName self) {
    var own = new ArrayList<InetSocketAddress>();
    var known = new LinkedHashSet<InetSocketAddress>();
    members.stream()
        .sorted(Comparator.comparing(Member::state))
        .forEach(
            member -> (member.id().name().equals(self) ? own : known).add(member.gossipAddress()));
    own.forEach(known::remove);
    var merged = new ArrayList<>(known.stream().limit(MEMBERS_MAX).toList());
    earlier.stream()
        .distinct()
        .filter(address -> !known.contains(address) && !own.contains(address))
        .limit(EARLIER_MAX)
        .forEach(merged::add);
    return merged;
  }
}
