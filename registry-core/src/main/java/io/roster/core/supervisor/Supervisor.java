package io.roster.core.supervisor;

import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.process.Startable;
import java.util.HashSet;
import java.util.List;

/**
 * Starts children in order, restarts them by rule and stops them in reverse. Immutable: a
 * description, good for any number of starts.
 *
 * <pre>{@code
 * SupervisorRef tree = system.start(
 *     Supervisor.oneForOne(
 *         ChildSpec.worker("counter", Counter::new).named("counter"),
 *         ChildSpec.supervisor("rooms", DynamicSupervisor::create)));
 * }</pre>
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html">supervisor</a>
 */
public final class Supervisor implements Startable<SupervisorRef> {

  private final SupervisorConfig config;
  private final List<ChildSpec> children;

  private Supervisor(SupervisorConfig config, List<ChildSpec> children) {
    this.config = config;
    this.children = List.copyOf(children);
    var ids = new HashSet<String>();
    for (ChildSpec child : children) {
      if (!ids.add(child.id())) {
        throw new IllegalArgumentException(
            "expected child ids that differ, got twice: " + child.id());
      }
    }
  }

  /** A supervisor of {@code children} with a strategy. */
  public static Supervisor of(RestartStrategy strategy, List<ChildSpec> children) {
    return new Supervisor(
        new SupervisorConfig(
            strategy, RestartLimit.DEFAULT, AutoShutdown.NEVER, false, Integer.MAX_VALUE),
        children);
  }

  /** A supervisor of independent children. */
  public static Supervisor oneForOne(ChildSpec... children) {
    return of(RestartStrategy.ONE_FOR_ONE, List.of(children));
  }

  /** A supervisor of children that restart together. */
  public static Supervisor oneForAll(ChildSpec... children) {
    return of(RestartStrategy.ONE_FOR_ALL, List.of(children));
  }

  /** A supervisor of children that restart with those before them. */
  public static Supervisor restForOne(ChildSpec... children) {
    return of(RestartStrategy.REST_FOR_ONE, List.of(children));
  }

  /** This supervisor with another limit of restarts. */
  public Supervisor withLimit(RestartLimit limit) {
    return new Supervisor(
        new SupervisorConfig(
            config.strategy(), limit, config.autoShutdown(), false, config.childrenMax()),
        children);
  }

  /** This supervisor, ending with its significant children. */
  public Supervisor withAutoShutdown(AutoShutdown autoShutdown) {
    return new Supervisor(
        new SupervisorConfig(
            config.strategy(), config.limit(), autoShutdown, false, config.childrenMax()),
        children);
  }

  /**
   * Starts it.
   *
   * @throws IllegalArgumentException if a child does not go with the supervisor
   */
  @Override
  public PendingStart<SupervisorRef> begin(ProcessSystem system, StartOptions options) {
    for (ChildSpec child : children) {
      String problem = config.problemWith(child);
      if (!problem.isEmpty()) {
        throw new IllegalArgumentException(problem);
      }
    }
    return new SupervisorServer(config, children)
        .begin(system, options)
        .map(system, SupervisorRef::new);
  }
}
