package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import java.util.List;
import java.util.Optional;

/** What processes report. Immutable. */
public sealed interface ProcessReport extends Report {

  /**
   * A process's code threw.
   *
   * @param pid the process
   * @param label what it ran
   * @param reason how others see its end
   * @param ancestors who started it, the nearest first
   * @param callers on whose behalf it ran, the nearest first
   * @param thrown what was thrown
   */
  record Crashed(
      Pid pid,
      String label,
      ExitReason reason,
      List<Pid> ancestors,
      List<Pid> callers,
      Throwable thrown)
      implements ProcessReport {

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }

    @Override
    public Optional<Throwable> cause() {
      return Optional.of(thrown);
    }
  }

  /**
   * A process is dead, but its code still runs: it ignores interruption. What it calls of Roster
   * throws {@link ProcessExited}.
   *
   * @param pid the dead process
   * @param label what it ran
   * @param stack where its code is
   */
  record Zombie(Pid pid, String label, List<StackTraceElement> stack) implements ProcessReport {

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }
  }

  /**
   * A mailbox is full and refuses messages. Reported once each time it fills.
   *
   * @param pid whose mailbox
   * @param label what the process runs
   * @param lengthMax the limit that was reached
   */
  record MailboxFull(Pid pid, String label, int lengthMax) implements ProcessReport {

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /**
   * A server got what it has no use for.
   *
   * @param pid the server
   * @param label what it runs
   * @param message what came
   */
  record UnexpectedMessage(Pid pid, String label, Object message) implements ProcessReport {

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /**
   * Code that must not throw did: a hook, a listener, a callback.
   *
   * @param what which
   * @param thrown what was thrown
   */
  record CallbackFailed(String what, Throwable thrown) implements ProcessReport {

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }

    @Override
    public Optional<Throwable> cause() {
      return Optional.of(thrown);
    }
  }
}
