package io.roster.core.supervisor;

import java.time.Duration;

/**
 * How a supervisor treats a child. Immutable.
 *
 * @param restart when it is started again
 * @param shutdown how it is stopped
 * @param type what it is
 * @param significant whether its end can end the supervisor, see {@link AutoShutdown}
 */
public record ChildPolicy(Restart restart, Shutdown shutdown, ChildType type, boolean significant) {

  /** Always restarted, given five seconds to stop. */
  public static final ChildPolicy WORKER =
      new ChildPolicy(
          Restart.PERMANENT, new Shutdown.Within(Duration.ofSeconds(5)), ChildType.WORKER, false);

  /** Always restarted, given as long as its own children need. */
  public static final ChildPolicy SUPERVISOR =
      new ChildPolicy(Restart.PERMANENT, new Shutdown.Unbounded(), ChildType.SUPERVISOR, false);

  /** Checks the combination. */
  public ChildPolicy {
    if (significant && restart == Restart.PERMANENT) {
      throw new IllegalArgumentException(
          "expected a significant child to be TRANSIENT or TEMPORARY, got: PERMANENT");
    }
  }
}
