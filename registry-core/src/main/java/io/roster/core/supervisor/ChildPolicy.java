package io.roster.core.supervisor;

import java.time.Duration;

/**
 * How a supervisor treats a child. Immutable.
 *
 * @param restart when it is started again
 * @param shutdown how it is stopped
 * @param type what it is
 * @param significant whether its end can end the supervisor, see {@link AutoShutdown}
 * @param standsBy whether it waits for its name where another process has it, instead of failing
 */
public record ChildPolicy(
    Restart restart, Shutdown shutdown, ChildType type, boolean significant, boolean standsBy) {

  /** Always restarted, given five seconds to stop. */
  public static final ChildPolicy WORKER =
      new ChildPolicy(
          Restart.PERMANENT,
          new Shutdown.Within(Duration.ofSeconds(5)),
          ChildType.WORKER,
          false,
          false);

  /** Always restarted, given as long as its own children need. */
  public static final ChildPolicy SUPERVISOR =
      new ChildPolicy(
          Restart.PERMANENT, new Shutdown.Unbounded(), ChildType.SUPERVISOR, false, false);

  /** Checks the combination. */
  public ChildPolicy {
    if (significant && restart == Restart.PERMANENT) {
      throw new IllegalArgumentException(
          "expected a significant child to be TRANSIENT or TEMPORARY, got: PERMANENT");
    }
  }

  /** This policy with another restart value. */
  public ChildPolicy withRestart(Restart restart) {
    return new ChildPolicy(restart, shutdown, type, significant, standsBy);
  }

  /** This policy with another way to stop. */
  public ChildPolicy withShutdown(Shutdown shutdown) {
    return new ChildPolicy(restart, shutdown, type, significant, standsBy);
  }

  /** This policy for a significant child with that restart value. */
  public ChildPolicy asSignificant(Restart restart) {
    return new ChildPolicy(restart, shutdown, type, true, standsBy);
  }

  /** This policy for a child that waits for its name. */
  public ChildPolicy asStandby() {
    return new ChildPolicy(restart, shutdown, type, significant, true);
  }
}
