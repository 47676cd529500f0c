package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Names in order, the first one again after the last. Begins with names that it shares with others
 * and that stay for good.
 */
final class NameOrder {

  private final List<NodeName> shared;
  private final TreeSet<NodeName> added = new TreeSet<>();

  /** Begins with {@code shared}, sorted. */
  NameOrder(List<NodeName> shared) {
    this.shared = shared;
  }

  /** Adds a name; one that is there stays. */
  void add(NodeName name) {
    if (Collections.binarySearch(shared, name) < 0) {
      added.add(name);
    }
  }

  /** Takes out a name that was added. */
  void remove(NodeName name) {
    added.remove(name);
  }

  /** The name that follows {@code name}, which may be itself. */
  NodeName after(NodeName name) {
    int at = Collections.binarySearch(shared, name);
    int next = at < 0 ? -at - 1 : at + 1;
    var one = next < shared.size() ? shared.get(next) : null;
    var other = added.higher(name);
    if (one != null && other != null) {
      return one.compareTo(other) < 0 ? one : other;
    }
    if (one != null || other != null) {
      return one != null ? one : other;
    }
    return first(name);
  }

  private NodeName first(NodeName otherwise) {
    if (shared.isEmpty()) {
      return added.isEmpty() ? otherwise : added.first();
    }
    return added.isEmpty() || shared.getFirst().compareTo(added.first()) < 0
        ? shared.getFirst()
        : added.first();
  }
}
