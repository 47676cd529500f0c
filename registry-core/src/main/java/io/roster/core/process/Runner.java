package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the code of one process is run. */
sealed interface Runner permits PlainRunner, ReactorRunner {

  /**
   * Gives the process a thread, or wakes the one that it has.
   *
   * @param meanwhile whether the present thread waits for what the process does
   */
  void schedule(ProcessCell cell, boolean meanwhile);

  /** Runs the process's code, in its name, until it rests or ends. */
  void run(ProcessCell cell, Current.Running running);

  /** The process is dead and everybody knows; called once. */
  void ended(ProcessCell cell, ExitReason reason);

  /** What it runs, for people. */
  String label();

  /** What it holds, for people; what it runs where it holds nothing. */
  default Object state() {
    return label();
  }

  /** On whose behalf it runs, the nearest first. */
  default List<Pid> callers(ProcessCell cell) {
    return List.of();
  }

  /** Messages that were taken from the mailbox so far. */
  long handled();

  /** How long handlers have run, where that is measured. */
  default long busyNanos() {
    return 0;
  }

  /** The request that is being handled: whoever ends the process fails it. */
  default @Nullable Request current() {
    return null;
  }

  /** Messages that were taken from the mailbox and are not handled yet. */
  default int savedLength() {
    return 0;
  }
}
