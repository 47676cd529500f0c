package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import java.util.Optional;

/**
 * A child as its supervisor sees it. Immutable.
 *
 * @param id its id
 * @param pid its process; with none it is down, being started, standing by or about to be restarted
 * @param status what it does
 * @param policy how it is treated
 */
public record ChildInfo(String id, Optional<Pid> pid, Status status, ChildPolicy policy) {

  /** What a child does. */
  public enum Status {
    /** It runs. */
    RUNNING,
    /** Its {@code init} runs. */
    STARTING,
    /** It waits for its next attempt to start. */
    RESTARTING,
    /** It waits for its name, which another process has. */
    STANDING_BY,
    /** It was asked to stop. */
    STOPPING,
    /** It does not run. */
    DOWN
  }
}
