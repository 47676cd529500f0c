package io.roster.core.process;

import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Links and monitors that cross the border of this node, by the node at the other end, so that the
 * loss of a node fires exactly its own. Thread-safe; whoever removes an entry acts on it.
 */
final class RemoteTies {

  private final ProcessSystem system;

  /** Monitors of ours on others: → who waits. */
  private final ConcurrentHashMap<Ref, Outgoing> outgoing = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<NodeName, Set<Ref>> outgoingByNode = new ConcurrentHashMap<>();

  /** Monitors of others on ours: → who is watched. */
  private final ConcurrentHashMap<NodeId, Map<Ref, ProcessCell>> incoming =
      new ConcurrentHashMap<>();

  private final RemoteLinks links;

  /** A monitor of ours; {@code watcher} is a {@link ProcessCell} or a {@link Request}. */
  private record Outgoing(Destination to, Object watcher) {}

  RemoteTies(ProcessSystem system) {
    this.system = system;
    this.links = new RemoteLinks(system);
  }

  RemoteLinks links() {
    return links;
  }

  // Monitors of ours

  SendResult watch(Ref ref, Destination to, Pid from, Object watcher) {
    outgoing.put(ref, new Outgoing(to, watcher));
    outgoingByNode.compute(
        to.nodeName(),
        (_, present) -> {
          Set<Ref> refs = present == null ? ConcurrentHashMap.newKeySet() : present;
          refs.add(ref);
          return refs;
        });
    SendResult sent = system.router().route(from, to, new Signal.Monitor(ref));
    if (!(sent instanceof SendResult.Delivered)) {
      var _ = forget(ref);
    }
    return sent;
  }

  void unwatch(Ref ref, Pid from) {
    forget(ref)
        .ifPresent(
            known -> {
              var _ = system.router().route(from, known.to, new Signal.Demonitor(ref));
            });
  }

  private Optional<Outgoing> forget(Ref ref) {
    Outgoing known = outgoing.remove(ref);
    if (known == null) {
      return Optional.empty();
    }
    outgoingByNode.computeIfPresent(
        known.to.nodeName(),
        (_, refs) -> {
          refs.remove(ref);
          return refs.isEmpty() ? null : refs;
        });
    return Optional.of(known);
  }

  void down(Ref ref, ExitReason reason) {
    forget(ref)
        .ifPresent(
            known -> {
              switch (known.watcher) {
                case Request request -> request.serverEnded(known.to, reason);
                case ProcessCell cell -> cell.monitorFired(ref, reason);
                default -> throw new IllegalStateException("invariant: unknown watcher");
              }
            });
  }

  // Monitors of others

  void watchedFrom(Ref ref, ProcessCell cell) {
    incoming.compute(
        ref.node(),
        (_, present) -> {
          Map<Ref, ProcessCell> refs = present == null ? new ConcurrentHashMap<>() : present;
          refs.put(ref, cell);
          return refs;
        });
  }

  Optional<ProcessCell> watcherGone(Ref ref) {
    var found = new ArrayList<ProcessCell>(1);
    incoming.computeIfPresent(
        ref.node(),
        (_, refs) -> {
          ProcessCell cell = refs.remove(ref);
          if (cell != null) {
            found.add(cell);
          }
          return refs.isEmpty() ? null : refs;
        });
    return found.stream().findFirst();
  }

  /** Fires everything that leads to {@code node}, and forgets what it watched here. */
  void nodeDown(NodeId node) {
    var reason = new ExitReason.NoConnection(node.name());
    Map<Ref, ProcessCell> watchers = incoming.remove(node);
    if (watchers != null) {
      watchers.forEach((ref, cell) -> cell.removeWatcher(ref));
    }
    for (Ref ref : List.copyOf(outgoingByNode.getOrDefault(node.name(), Set.of()))) {
      Outgoing known = outgoing.get(ref);
      if (known != null && leadsTo(known.to, node)) {
        down(ref, reason);
      }
    }
    links.nodeDown(node, reason);
  }

  private static boolean leadsTo(Destination to, NodeId node) {
    return !(to instanceof Pid(NodeId of, long _)) || of.equals(node);
  }

  /** How many ties of any kind there are. */
  int size() {
    return outgoing.size() + incoming.values().stream().mapToInt(Map::size).sum() + links.size();
  }
}
