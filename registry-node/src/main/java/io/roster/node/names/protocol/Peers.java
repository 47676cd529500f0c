package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The other nodes: who is up, who is linked, and the copy of each one's stream. */
final class Peers {

  private static final int GONE_MAX = 4_096;

  private final NodeId self;
  private final Map<NodeId, PeerStream> up = new TreeMap<>();
  private final TreeSet<NodeId> linked = new TreeSet<>();
  private final Map<NodeId, Boolean> gone =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Boolean> eldest) {
          return size() > GONE_MAX;
        }
      };

  Peers(NodeId self) {
    this.self = self;
  }

  /** What is known of a node. */
  enum Standing {
    /** It is this node. */
    SELF,
    /** It is up, and a link leads to it. */
    REACHABLE,
    /** It is up; there is no link. */
    UP,
    /** It failed, left or was replaced. */
    GONE,
    /** Nobody has spoken of it. */
    UNKNOWN
  }

  Standing standing(NodeId node) {
    if (node.equals(self)) {
      return Standing.SELF;
    }
    if (up.containsKey(node)) {
      return linked.contains(node) ? Standing.REACHABLE : Standing.UP;
    }
    boolean replaced =
        node.name().equals(self.name())
            || up.keySet().stream()
                .anyMatch(
                    other ->
                        other.name().equals(node.name())
                            && other.incarnation() > node.incarnation());
    return replaced || gone.containsKey(node) ? Standing.GONE : Standing.UNKNOWN;
  }

  void up(NodeId node) {
    gone.remove(node);
    up.putIfAbsent(node, new PeerStream(node));
  }

  Optional<PeerStream> down(NodeId node) {
    gone.put(node, true);
    return Optional.ofNullable(up.remove(node));
  }

  void linked(NodeId node) {
    linked.add(node);
  }

  void unlinked(NodeId node) {
    linked.remove(node);
  }

  Optional<PeerStream> stream(NodeId node) {
    return Optional.ofNullable(up.get(node));
  }

  boolean isReachable(NodeId node) {
    return up.containsKey(node) && linked.contains(node);
  }

  SortedSet<NodeId> reachable() {
    var nodes = new TreeSet<>(linked);
    nodes.retainAll(up.keySet());
    return Collections.unmodifiableSortedSet(nodes);
  }

  /** Whether of all nodes that are up it is this one's turn to clean up after {@code key}. */
  boolean isMyTurn(Object key) {
    List<NodeId> nodes = new ArrayList<>(up.keySet());
    nodes.add(self);
    Collections.sort(nodes);
    return nodes.get(Math.floorMod(key.hashCode(), nodes.size())).equals(self);
  }

  Map<NodeId, PeerStream> streams() {
    return Collections.unmodifiableMap(up);
  }
}
