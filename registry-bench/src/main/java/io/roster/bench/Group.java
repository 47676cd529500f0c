package io.roster.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Works that are measured in one go: ours, and right after them the peers'. Immutable.
 *
 * @param title what they have in common
 * @param works in the order of the table
 */
public record Group(String title, List<Work> works) {

  /** Copies the list. */
  public Group {
    works = List.copyOf(works);
  }

  /** The works that {@code wanted} accepts. */
  Group only(Predicate<Work> wanted) {
    return new Group(title, works.stream().filter(wanted).toList());
  }

  /** The keys that each peer is asked for. */
  Map<Peer, Set<String>> keysByPeer() {
    var keys = new LinkedHashMap<Peer, Set<String>>();
    for (Work work : works) {
      for (Comparison comparison : work.comparisons()) {
        Peer peer = comparison.peer();
        if (peer != null) {
          keys.computeIfAbsent(peer, _ -> new TreeSet<>()).add(comparison.key());
        }
      }
    }
    return keys;
  }
}
