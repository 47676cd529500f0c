package io.roster.node.fleet;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Workers that run somewhere in the cluster, each under a global name. Thread-safe.
 *
 * <p>A wish for a worker is known to every node. The node that a consistent-hash ring names runs
 * it; when that node dies another one starts it again, and when nodes join or leave it moves with
 * its state while its callers wait a moment. A worker is no longer wished for once it was {@link
 * #stop stopped} or ended normally, and for no other reason.
 *
 * <p>State lives in memory: a node that is killed takes its workers' states along, and they begin
 * anew from their arguments.
 */
public interface Fleet extends AutoCloseable {

  /** Starts a node's part of the fleet: from now on it takes the frames of its feature. */
  static Fleet start(FleetPorts ports, FleetOptions options) {
    return FleetNode.start(ports, options);
  }

  /**
   * Makes a type known on this node, which may run its workers from now on.
   *
   * @throws IllegalArgumentException if another type has its alias
   */
  void register(WorkerType<?, ?, ?> type);

  /** Aliases of the types that this node can run. */
  Set<String> types();

  /**
   * Wishes for a worker and waits until it runs, wherever that is.
   *
   * @param name its global name
   * @param workerType alias of its type, registered on this node too
   * @param args what it is started with, of the type's argument type
   */
  WorkerStart start(ProcessName name, String workerType, Object args);

  /** {@link #start(ProcessName, String, Object)} without waiting. */
  CompletableFuture<WorkerStart> startAsync(ProcessName name, String workerType, Object args);

  /**
   * Wishes for a worker no longer; the node that runs it ends it. Does not wait for that.
   *
   * @return whether it was wished for
   */
  boolean stop(ProcessName name);

  /** All workers that are wished for and where they run, as this node knows, sorted by name. */
  List<WorkerView> workers();

  /** The moves that this node takes part in, and the latest that it took part in. */
  List<MoveView> moves();

  /** Numbers since the start. */
  FleetStats stats();

  /**
   * The node that {@code name} belongs on, as this node sees the ring; empty if none can run it.
   */
  Optional<NodeName> placeOf(ProcessName name);

  /**
   * Hands every worker of this node over to the others, and takes no more. Fast ones do not wait
   * for slow ones. What cannot be moved in time is ended, and starts elsewhere from its arguments.
   *
   * @return what became of them, once none is left here
   */
  CompletableFuture<DrainReport> drain();

  /** What a drain has done with the workers of this node until now: all zero before one began. */
  DrainReport drainProgress();

  /** Ends the workers of this node and stops taking part. */
  @Override
  void close();
}
