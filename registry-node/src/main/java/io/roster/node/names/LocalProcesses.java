package io.roster.node.names;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitHook;
import io.roster.core.process.SendResult;
import io.roster.core.signal.ExitReason;

/** What names need of the processes of their node. Thread-safe; nothing here blocks. */
public interface LocalProcesses {

  /**
   * Runs {@code hook} when {@code pid} ends, before anybody hears of it. Attaching the same hook
   * again changes nothing.
   *
   * @return false if the process is dead already; the hook then never runs
   */
  boolean onExit(Pid pid, ExitHook hook);

  /** Sends an exit signal. */
  void exit(Pid pid, ExitReason reason);

  /** Sends a message to a process of any node. */
  SendResult send(Pid to, Object message);
}
