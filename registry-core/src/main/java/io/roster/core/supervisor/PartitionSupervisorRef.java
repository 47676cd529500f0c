package io.roster.core.supervisor;

import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ServerRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handle of a {@link PartitionSupervisor}. Thread-safe. One that is not from the start asks the
 * supervisor for its partitions at its first use, and again after a restart; if that is not there,
 * {@code CallException} is thrown. So a partition's {@code init} must not use it: the supervisor
 * may be waiting for that.
 */
public final class PartitionSupervisorRef {

  private final ProcessSystem system;
  private final SupervisorRef supervisor;

  /** What it has found last. */
  private volatile @Nullable Found found;

  private record Found(Pid supervisor, Partitions partitions) {}

  private PartitionSupervisorRef(
      ProcessSystem system, SupervisorRef supervisor, @Nullable Found found) {
    this.system = system;
    this.supervisor = supervisor;
    this.found = found;
  }

  /** The supervisor that has been started with {@code partitions}. */
  static PartitionSupervisorRef started(
      ProcessSystem system, SupervisorRef supervisor, Partitions partitions) {
    Optional<Pid> pid = supervisor.pid();
    return new PartitionSupervisorRef(system, supervisor, new Found(pid.orElseThrow(), partitions));
  }

  /** The partition supervisor at {@code pid}, of this node. */
  public static PartitionSupervisorRef of(ProcessSystem system, Pid pid) {
    return new PartitionSupervisorRef(system, SupervisorRef.of(system, pid), null);
  }

  /** The partition supervisor that goes by a name on this node, whoever has it at each use. */
  public static PartitionSupervisorRef of(ProcessSystem system, Named name) {
    return new PartitionSupervisorRef(system, SupervisorRef.of(system, name), null);
  }

  /** The partition supervisor that goes by a name in a registry, on this node. */
  public static PartitionSupervisorRef of(ProcessSystem system, Via via) {
    return new PartitionSupervisorRef(system, SupervisorRef.of(system, via), null);
  }

  /** While it is being restarted there is no process, and the former partitions are as good. */
  private Found find() {
    Found last = found;
    Optional<Pid> present = supervisor.pid();
    if (last != null && present.orElse(last.supervisor).equals(last.supervisor)) {
      return last;
    }
    SupervisorRef asked = present.map(pid -> SupervisorRef.of(system, pid)).orElse(supervisor);
    Partitions partitions =
        asked
            .partitions()
            .orElseThrow(
                () -> new IllegalStateException("expected a partition supervisor, got: " + asked));
    return present.map(pid -> remember(new Found(pid, partitions))).orElseGet(this::find);
  }

  private Found remember(Found now) {
    found = now;
    return now;
  }

  /**
   * The partition of {@code key}: an integer of any size leads to its absolute value modulo the
   * number of partitions, anything else to its hash.
   *
   * @throws IllegalStateException if there are no partitions
   */
  public int partitionOf(Object key) {
    return find().partitions.partitionOf(key);
  }

  /**
   * The server that {@code key} leads to, looked up at each use of the handle. The caller vouches
   * for its type.
   */
  public <M> ServerRef<M> ref(Object key) {
    return ServerRef.of(system, find().partitions.viaOf(key));
  }

  /** The process that {@code key} leads to, if it runs. */
  public Optional<Pid> whereis(Object key) {
    Via via = find().partitions.viaOf(key);
    return via.registry().whereis(via.name());
  }

  /** How many partitions there are. */
  public int partitions() {
    return find().partitions.count();
  }

  /**
   * Changes the number of partitions, up to what it was at the start. Keys move; children that are
   * too many are stopped. New ones are started first, and used when all of them run. Waits for
   * another who does the same.
   *
   * @throws IllegalArgumentException if {@code count} is negative or more than at the start
   */
  public ResizeResult resize(int count) {
    Found now = find();
    return now.partitions.resize(SupervisorRef.of(system, now.supervisor), count);
  }

  /** The supervisor itself. */
  public SupervisorRef supervisor() {
    return supervisor;
  }
}
