package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.naming.Via;
import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.process.Startable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * A number of like children, among which keys are divided: what one process would be too slow for.
 * The same key leads to the same child as long as the number stays. Immutable: a description.
 *
 * @see <a href="https://hexdocs.pm/elixir/PartitionSupervisor.html">PartitionSupervisor</a>
 */
public final class PartitionSupervisor implements Startable<PartitionSupervisorRef> {

  private final int partitions;
  private final IntFunction<? extends Startable<?>> child;
  private final RestartLimit limit;

  private PartitionSupervisor(
      int partitions, IntFunction<? extends Startable<?>> child, RestartLimit limit) {
    if (partitions <= 0) {
      throw new IllegalArgumentException(
          "expected partitions greater than zero, got: " + partitions);
    }
    this.partitions = partitions;
    this.child = child;
    this.limit = limit;
  }

  /**
   * One child for each processor.
   *
   * @param child makes the child of a partition, from zero up
   */
  public static PartitionSupervisor of(IntFunction<? extends Startable<?>> child) {
    return new PartitionSupervisor(
        Runtime.getRuntime().availableProcessors(), child, RestartLimit.DEFAULT);
  }

  /** This supervisor with so many children. */
  public PartitionSupervisor withPartitions(int partitions) {
    return new PartitionSupervisor(partitions, child, limit);
  }

  /** This supervisor with another limit of restarts. */
  public PartitionSupervisor withLimit(RestartLimit limit) {
    return new PartitionSupervisor(partitions, child, limit);
  }

  @Override
  public PendingStart<PartitionSupervisorRef> begin(ProcessSystem system, StartOptions options) {
    var names = new Partitions(system);
    List<ChildSpec> specs = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      int partition = i;
      specs.add(
          ChildSpec.worker(String.valueOf(i), () -> child.apply(partition))
              .named(new Via(names, name(i))));
    }
    return Supervisor.of(RestartStrategy.ONE_FOR_ONE, specs)
        .withLimit(limit)
        .begin(system, options)
        .map(system, ref -> new PartitionSupervisorRef(system, ref, names, partitions));
  }

  static ProcessName name(int partition) {
    return new ProcessName(String.valueOf(partition));
  }

  /** Which process has which partition. Thread-safe. */
  static final class Partitions implements NameRegistry {

    private final ProcessSystem system;
    private final ConcurrentHashMap<ProcessName, Pid> holders = new ConcurrentHashMap<>();

    private Partitions(ProcessSystem system) {
      this.system = system;
    }

    @Override
    public Registration register(ProcessName name, Pid pid) {
      Pid holder =
          holders.compute(
              name, (_, present) -> present != null && system.isAlive(present) ? present : pid);
      if (!holder.equals(pid)) {
        return new Registration.AlreadyRegistered(name, holder);
      }
      boolean alive = system.onExit(pid, (dead, _) -> holders.remove(name, dead));
      if (!alive) {
        holders.remove(name, pid);
        return new Registration.NotAlive(name, pid);
      }
      return new Registration.Registered(name, pid);
    }

    @Override
    public boolean unregister(ProcessName name, Pid pid) {
      return holders.remove(name, pid);
    }

    @Override
    public Optional<Pid> whereis(ProcessName name) {
      return Optional.ofNullable(holders.get(name));
    }
  }
}
