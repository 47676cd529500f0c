package io.roster.core.process;

import io.roster.core.signal.ExitReason;

/** How the code of one process is run. */
sealed interface Runner permits PlainRunner, ReactorRunner {

  /** Gives the process a thread, or wakes the one that it has. */
  void schedule(ProcessCell cell);

  /** The process is dead and everybody knows; called once. */
  void ended(ProcessCell cell, ExitReason reason);

  /** What it runs, for people. */
  String label();

  /** Messages that were taken from the mailbox and are not handled yet. */
  default int savedLength() {
    return 0;
  }
}
