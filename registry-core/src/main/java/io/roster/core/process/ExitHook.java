package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;

/**
 * What must be given up when a process ends, such as its names. Attached to one process by {@code
 * ProcessSystem.onExit(pid, hook)}, which says whether the process is still alive; a hook attached
 * to a dead process never runs.
 *
 * <p>Runs exactly once, on whatever thread ends the process, after the process is dead and before
 * its links and monitors fire: whoever hears of the end may take its names at once. It must not
 * block and must not throw.
 */
@FunctionalInterface
public interface ExitHook {

  /** The process is dead; nobody has heard of it yet. */
  void onExit(Pid pid, ExitReason reason);
}
