package io.roster.node.names;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitHook;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.SendResult;
import io.roster.core.signal.ExitReason;

/** What names need of the processes of their node. Thread-safe; nothing here blocks. */
public interface LocalProcesses {

  /** The processes of {@code system}. */
  static LocalProcesses of(ProcessSystem system) {
    return new OfSystem(system);
  }

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

  /** {@link #of}. */
  record OfSystem(ProcessSystem system) implements LocalProcesses {

    @Override
    public boolean onExit(Pid pid, ExitHook hook) {
      return system.onExit(pid, hook);
    }

    @Override
    public void exit(Pid pid, ExitReason reason) {
      system.exit(pid, reason);
    }

    @Override
    public SendResult send(Pid to, Object message) {
      return system.send(to, message);
    }
  }
}
