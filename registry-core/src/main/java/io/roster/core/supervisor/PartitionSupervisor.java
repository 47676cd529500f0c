package io.roster.core.supervisor;

import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.process.Startable;
import java.util.ArrayList;
import java.util.List;
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
    var all = new Partitions(system, partitions);
    List<ChildSpec> specs = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      int partition = i;
      specs.add(
          ChildSpec.worker(String.valueOf(i), () -> child.apply(partition)).named(all.via(i)));
    }
    return Supervisor.of(RestartStrategy.ONE_FOR_ONE, specs)
        .withLimit(limit)
        .begin(system, options)
        .map(system, ref -> PartitionSupervisorRef.started(system, ref, all));
  }
}
