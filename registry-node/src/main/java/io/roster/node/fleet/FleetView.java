package io.roster.node.fleet;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.node.placement.Placement;
import io.roster.node.placement.RingMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who could run what, as this node sees it. Confined to the fleet's thread, but for {@link #place}.
 */
final class FleetView {

  /** How long a member that is up may keep quiet about its types before it is not waited for. */
  private static final Duration QUIET_MAX = Duration.ofSeconds(5);

  private final NodeName self;
  private final FleetOptions options;
  private final Map<NodeName, Member> members = new HashMap<>();
  private final Map<NodeName, Set<String>> typesOf = new HashMap<>();
  private final Map<NodeName, Long> upSinceNanos = new HashMap<>();

  /** Replaced as a whole, for readers on other threads. */
  private volatile Map<String, Placement> placements = Map.of();

  private boolean isLeaving;
  private long changedNanos;

  FleetView(Member self, FleetOptions options, long nowNanos) {
    this.self = self.id().name();
    this.options = options;
    this.changedNanos = nowNanos;
    members.put(this.self, self);
  }

  /** Takes in what is known of a member. */
  void member(Member member, long nowNanos) {
    NodeName name = member.id().name();
    Member known = members.get(name);
    if (known != null && known.id().incarnation() > member.id().incarnation()) {
      return;
    }
    boolean isNewStart = known == null || !known.id().equals(member.id());
    if (!member.isUp() || isNewStart) {
      upSinceNanos.remove(name);
      if (!name.equals(self)) {
        typesOf.remove(name);
      }
    }
    if (member.isUp()) {
      members.put(name, member);
      upSinceNanos.putIfAbsent(name, nowNanos);
    } else {
      members.remove(name);
    }
    if (isNewStart || known == null || known.isUp() != member.isUp() || !member.isUp()) {
      changedNanos = nowNanos;
    }
    recompute(nowNanos);
  }

  /** Takes in which types a node can run. */
  void types(NodeName node, Set<String> types, long nowNanos) {
    if (!types.equals(typesOf.put(node, types))) {
      recompute(nowNanos);
    }
  }

  /** From now on nothing belongs here. */
  void leave(long nowNanos) {
    isLeaving = true;
    recompute(nowNanos);
  }

  boolean isLeaving() {
    return isLeaving;
  }

  private void recompute(long nowNanos) {
    var next = new HashMap<String, Placement>();
    typesOf.values().stream()
        .flatMap(Set::stream)
        .distinct()
        .forEach(
            type ->
                next.put(
                    type,
                    placements
                        .getOrDefault(type, Placement.initial())
                        .withMembers(candidates(type))));
    boolean isSame =
        next.keySet().equals(placements.keySet())
            && next.entrySet().stream().allMatch(e -> e.getValue() == placements.get(e.getKey()));
    if (!isSame) {
      placements = Map.copyOf(next);
      changedNanos = nowNanos;
    }
  }

  private List<RingMember> candidates(String type) {
    var candidates = new ArrayList<RingMember>();
    for (Member member : members.values()) {
      NodeName name = member.id().name();
      boolean goes = name.equals(self) ? isLeaving : member.metadata().leaving();
      if (!goes && typesOf.getOrDefault(name, Set.of()).contains(type)) {
        int weight = Math.clamp(member.metadata().weight(), 0, RingMember.WEIGHT_MAX);
        candidates.add(new RingMember(name, weight));
      }
    }
    return candidates;
  }

  /** The node that a worker belongs on. Any thread may ask. */
  Optional<NodeName> place(String type, ProcessName name) {
    return Optional.ofNullable(placements.get(type)).flatMap(p -> p.owner(name));
  }

  /** The present start of a node that is up. */
  Optional<NodeId> start(NodeName node) {
    return Optional.ofNullable(members.get(node)).map(Member::id);
  }

  /** Whether missing workers may be started. */
  boolean maySettle(long nowNanos) {
    return isSettledFor(options.settling().start(), nowNanos)
        && members.keySet().stream().allMatch(node -> isHeard(node, nowNanos));
  }

  /** Whether workers may be moved. */
  boolean mayMove(long nowNanos) {
    return isSettledFor(options.settling().move(), nowNanos)
        && members.entrySet().stream()
            .allMatch(e -> e.getKey().equals(self) || e.getValue().state() != MemberState.SUSPECT)
        && members.keySet().stream().allMatch(node -> isHeard(node, nowNanos));
  }

  private boolean isSettledFor(Duration duration, long nowNanos) {
    return nowNanos - changedNanos >= duration.toNanos();
  }

  /** Whether a node has told its types, or has had the time to. */
  private boolean isHeard(NodeName node, long nowNanos) {
    return node.equals(self)
        || typesOf.containsKey(node)
        || nowNanos - upSinceNanos.getOrDefault(node, nowNanos) > QUIET_MAX.toNanos();
  }
}
