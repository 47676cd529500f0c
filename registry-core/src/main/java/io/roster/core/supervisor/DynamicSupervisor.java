package io.roster.core.supervisor;

import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.process.Startable;
import java.util.List;

/**
 * Supervises children that come and go, all independent. A slow start or stop of one holds up no
 * other. Immutable: a description, good for any number of starts.
 *
 * @see <a href="https://hexdocs.pm/elixir/DynamicSupervisor.html">DynamicSupervisor</a>
 */
public final class DynamicSupervisor implements Startable<DynamicSupervisorRef> {

  private final SupervisorConfig config;

  private DynamicSupervisor(RestartLimit limit, int childrenMax) {
    config =
        new SupervisorConfig(
            RestartStrategy.ONE_FOR_ONE, limit, AutoShutdown.NEVER, true, childrenMax);
  }

  /** A supervisor without children, with the default limit of restarts. */
  public static DynamicSupervisor create() {
    return new DynamicSupervisor(RestartLimit.DEFAULT, Integer.MAX_VALUE);
  }

  /** This supervisor with another limit of restarts. */
  public DynamicSupervisor withLimit(RestartLimit limit) {
    return new DynamicSupervisor(limit, config.childrenMax());
  }

  /** This supervisor with a limit of children; those that wait for a restart count. */
  public DynamicSupervisor withChildrenMax(int childrenMax) {
    return new DynamicSupervisor(config.limit(), childrenMax);
  }

  @Override
  public PendingStart<DynamicSupervisorRef> begin(ProcessSystem system, StartOptions options) {
    return new SupervisorServer(config, List.of())
        .begin(system, options)
        .map(system, DynamicSupervisorRef::new);
  }
}
