package io.roster.net.membership.udp;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.swim.Swim;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a machine knows of the others, for any thread. A change of one row costs the membership
 * thread that row, however large the view is. Whoever reads all rows meanwhile may find some of
 * before and some of after it.
 */
final class PublishedView {

  private final Swim swim;
  private final NavigableMap<NodeName, Member> rows = new ConcurrentSkipListMap<>();

  /** Confined to the thread that steps the machine. */
  private final Set<NodeName> changed = new HashSet<>();

  PublishedView(Swim swim) {
    this.swim = swim;
    swim.members().forEach(member -> rows.put(member.id().name(), member));
    swim.watch(changed::add);
  }

  /** Shows what the last steps changed; on the thread that makes them. */
  void publish() {
    for (NodeName name : changed) {
      swim.member(name).ifPresentOrElse(row -> rows.put(name, row), () -> rows.remove(name));
    }
    changed.clear();
  }

  /** Sorted by name. */
  List<Member> members() {
    return List.copyOf(rows.values());
  }

  Optional<Member> member(NodeName name) {
    return Optional.ofNullable(rows.get(name));
  }
}
