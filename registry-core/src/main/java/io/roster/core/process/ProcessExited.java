package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;

/**
 * Thrown into code that goes on although its process is dead: whatever it asks of Roster is
 * refused. Let it pass; there is nothing to clean up that others wait for.
 */
public final class ProcessExited extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ExitReason reason;

  ProcessExited(Pid pid, ExitReason reason) {
    super("process " + pid + ": already exited: " + reason, null, false, false);
    this.reason = reason;
  }

  /** Why the process ended. */
  public ExitReason reason() {
    return reason;
  }
}
