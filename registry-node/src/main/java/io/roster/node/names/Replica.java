package io.roster.node.names;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What lookups read: for each name the claim that stands, together with whether its owner can still
 * be believed alive. The names' thread alone puts entries in and takes them out; whoever hears
 * first that a process or a node is gone clears its {@link Vital}, and all its names are absent at
 * once.
 */
final class Replica {

  private final ConcurrentHashMap<ProcessName, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<NodeId, Vital> nodes = new ConcurrentHashMap<>();

  /** Invariant: a process of this node has a vital from its first claim to its end. */
  private final ConcurrentHashMap<Pid, Vital> processes = new ConcurrentHashMap<>();

  private record Entry(Claim claim, Optional<Pid> owner, Vital vital) {}

  /** Whether a process or a node lives. Goes from true to false once, or back for a node. */
  static final class Vital {
    private volatile boolean alive = true;

    boolean isAlive() {
      return alive;
    }
  }

  Optional<Pid> whereis(ProcessName name) {
    var entry = entries.get(name);
    return entry != null && entry.vital.alive ? entry.owner : Optional.empty();
  }

  Optional<Claim> claim(ProcessName name) {
    var entry = entries.get(name);
    return entry != null && entry.vital.alive ? Optional.of(entry.claim) : Optional.empty();
  }

  /** The claims that stand, in no order; a moment's picture of each, not of all. */
  List<Claim> claims() {
    var claims = new ArrayList<Claim>(entries.size());
    for (var entry : entries.values()) {
      if (entry.vital.alive) {
        claims.add(entry.claim);
      }
    }
    return claims;
  }

  void publish(ProcessName name, Optional<Claim> claim, NodeId self) {
    if (claim.isEmpty()) {
      entries.remove(name);
      return;
    }
    var owner = claim.get().owner();
    var vital = owner.node().equals(self) ? processes.get(owner) : nodeVital(owner.node());
    if (vital == null) {
      // The process ended while its claim was on its way; the end is told next.
      entries.remove(name);
      return;
    }
    entries.put(name, new Entry(claim.get(), Optional.of(owner), vital));
  }

  /** The vital of a process of this node, which the caller must clear if it is dead already. */
  Vital attach(Pid pid) {
    return processes.computeIfAbsent(pid, _ -> new Vital());
  }

  /** Whether a process that was attached has not ended. */
  boolean isAttached(Pid pid) {
    return vitalOf(pid) != null;
  }

  void processEnded(Pid pid) {
    var vital = processes.remove(pid);
    if (vital != null) {
      vital.alive = false;
    }
  }

  void nodeUp(NodeId node) {
    nodeVital(node).alive = true;
  }

  void nodeDown(NodeId node) {
    var vital = nodes.remove(node);
    if (vital != null) {
      vital.alive = false;
    }
  }

  private @Nullable Vital vitalOf(Pid pid) {
    return processes.get(pid);
  }

  private Vital nodeVital(NodeId node) {
    return nodes.computeIfAbsent(node, _ -> new Vital());
  }
}
