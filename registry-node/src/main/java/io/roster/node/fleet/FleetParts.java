package io.roster.node.fleet;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.node.fleet.desired.DesiredTable;
import io.roster.node.fleet.desired.DesiredWorker;
import io.roster.node.fleet.desired.DesiredWorker.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the pieces of one node's fleet share. But for {@link #types} and {@link #now}, confined to
 * the fleet's thread.
 *
 * @param types the worker types of this node by alias; thread-safe
 */
record FleetParts(
    FleetPorts ports,
    FleetOptions options,
    FleetLoop loop,
    Links links,
    DesiredTable table,
    Wishes wishes,
    FleetView view,
    BackOff backOff,
    FirstStarts firstStarts,
    Map<String, WorkerType<?, ?, ?>> types) {

  static FleetParts of(FleetPorts ports, FleetOptions options) {
    var links = new Links(ports.transport());
    var table = new DesiredTable();
    return new FleetParts(
        ports,
        options,
        new FleetLoop(ports.transport().self().name()),
        links,
        table,
        new Wishes(table, links),
        new FleetView(ports.membership().self(), options, ports.processes().ticker().nowNanos()),
        new BackOff(options.pace().backOffMax()),
        new FirstStarts(),
        new ConcurrentHashMap<>());
  }

  NodeId self() {
    return ports.transport().self();
  }

  NodeName selfName() {
    return self().name();
  }

  long now() {
    return ports.processes().ticker().nowNanos();
  }

  Set<String> typeAliases() {
    return Set.copyOf(types.keySet());
  }

  /** Writes down, and tells everybody, how it stands with a worker. */
  void mark(DesiredWorker wish, Status status) {
    wishes.put(wish.then(status, selfName()), now());
  }

  /** Runs {@code action} on the fleet's thread, soon. */
  void post(Runnable action) {
    loop.post(action);
  }

  void after(Duration delay, Runnable action) {
    loop.after(delay, action);
  }
}
