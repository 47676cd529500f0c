package io.roster.core.supervisor;

import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;
import io.roster.core.process.StartOptions;
import io.roster.core.process.Startable;
import java.util.function.Supplier;

/**
 * A child of a supervisor: how to start it, and what to do when it ends. Immutable.
 *
 * @param id tells it from its siblings; dynamic supervisors ignore it
 * @param start makes a fresh object for each start, as {@code Counter::new}; runs in the supervisor
 * @param options how it is started; a link to the supervisor is always added
 * @param policy what to do when it ends
 * @see <a
 *     href="https://www.erlang.org/doc/apps/stdlib/supervisor.html#t:child_spec/0">child_spec</a>
 */
public record ChildSpec(
    String id, Supplier<? extends Startable<?>> start, StartOptions options, ChildPolicy policy) {

  /** Checks the id. */
  public ChildSpec {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("expected a child id of one character or more, got none");
    }
  }

  /** A worker: always restarted, given five seconds to stop. */
  public static ChildSpec worker(String id, Supplier<? extends Startable<?>> start) {
    return new ChildSpec(id, start, StartOptions.DEFAULT, ChildPolicy.WORKER);
  }

  /** A supervisor: always restarted, given as long as its own children need. */
  public static ChildSpec supervisor(String id, Supplier<? extends Startable<?>> start) {
    return new ChildSpec(id, start, StartOptions.DEFAULT, ChildPolicy.SUPERVISOR);
  }

  /** This child with another restart value. */
  public ChildSpec withRestart(Restart restart) {
    return withPolicy(policy.withRestart(restart));
  }

  /** This child, stopped in another way. */
  public ChildSpec withShutdown(Shutdown shutdown) {
    return withPolicy(policy.withShutdown(shutdown));
  }

  /** This child as a significant one with that restart value. */
  public ChildSpec significant(Restart restart) {
    return withPolicy(policy.asSignificant(restart));
  }

  /**
   * This child, waiting where another process has its name, at its start or because it lost the
   * name in a conflict, until the name is free. Needs a name; attempts that find the name taken
   * count against no limit.
   */
  public ChildSpec standingBy() {
    return withPolicy(policy.asStandby());
  }

  /** This child with other start options. */
  public ChildSpec withOptions(StartOptions options) {
    return new ChildSpec(id, start, options, policy);
  }

  /** This child with a name on its node. */
  public ChildSpec named(String name) {
    return withOptions(options.withName(new ProcessName(name)));
  }

  /** This child with a name in a registry. */
  public ChildSpec named(Via via) {
    return withOptions(options.withName(via));
  }

  private ChildSpec withPolicy(ChildPolicy changed) {
    return new ChildSpec(id, start, options, changed);
  }
}
