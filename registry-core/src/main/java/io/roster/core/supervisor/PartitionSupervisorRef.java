package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ServerRef;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A handle of a {@link PartitionSupervisor}. Thread-safe. */
public final class PartitionSupervisorRef {

  private final ProcessSystem system;
  private final SupervisorRef supervisor;
  private final PartitionSupervisor.Partitions names;
  private final int partitionsMax;
  private final AtomicInteger partitions;

  PartitionSupervisorRef(
      ProcessSystem system,
      SupervisorRef supervisor,
      PartitionSupervisor.Partitions names,
      int partitions) {
    this.system = system;
    this.supervisor = supervisor;
    this.names = names;
    this.partitionsMax = partitions;
    this.partitions = new AtomicInteger(partitions);
  }

  /**
   * The partition of {@code key}: an integer leads to its absolute value modulo the number of
   * partitions, anything else to its hash.
   *
   * @throws IllegalStateException if there are no partitions
   */
  public int partitionOf(Object key) {
    int count = partitions.get();
    if (count == 0) {
      throw new IllegalStateException("expected one partition or more, got: 0");
    }
    return switch (key) {
      case Integer number -> (int) (Math.abs((long) number) % count);
      case Long number -> (int) Math.abs(number % count);
      default -> Math.floorMod(spread(key.hashCode()), count);
    };
  }

  /** Hash codes of like keys lie side by side; multiplied, their high bits differ. */
  private static int spread(int hash) {
    return (hash * 0x9E3779B9) >>> 7;
  }

  /**
   * The server that {@code key} leads to, looked up at each use. The caller vouches for its type.
   */
  public <M> ServerRef<M> ref(Object key) {
    return ServerRef.of(system, new Via(names, PartitionSupervisor.name(partitionOf(key))));
  }

  /** The process that {@code key} leads to, if it runs. */
  public Optional<Pid> whereis(Object key) {
    return names.whereis(PartitionSupervisor.name(partitionOf(key)));
  }

  /** How many partitions there are. */
  public int partitions() {
    return partitions.get();
  }

  /**
   * Changes the number of partitions, up to what it was at the start. Keys move; children that are
   * too many are stopped.
   *
   * @throws IllegalArgumentException if {@code count} is negative or more than at the start
   */
  public void resize(int count) {
    if (count < 0 || count > partitionsMax) {
      throw new IllegalArgumentException(
          "expected 0 to " + partitionsMax + " partitions, got: " + count);
    }
    int before = partitions.getAndSet(count);
    for (int i = before; i < count; i++) {
      supervisor.restartChild(String.valueOf(i));
    }
    for (int i = before - 1; i >= count; i--) {
      supervisor.terminateChild(String.valueOf(i));
    }
  }

  /** The supervisor itself. */
  public SupervisorRef supervisor() {
    return supervisor;
  }
}
