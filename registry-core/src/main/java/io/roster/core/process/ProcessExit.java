package io.roster.core.process;

import io.roster.core.signal.ExitReason;

/** Unwinds the stack of a process that asked for its own end. Never leaves the process's loop. */
final class ProcessExit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ExitReason reason;

  ProcessExit(ExitReason reason) {
    super("exit: " + reason, null, false, false);
    this.reason = reason;
  }

  ExitReason reason() {
    return reason;
  }
}
