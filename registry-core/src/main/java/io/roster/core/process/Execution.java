package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import org.jspecify.annotations.Nullable;

/** The one place where what a process's code throws becomes an exit reason. */
final class Execution {

  private Execution() {}

  /** A piece of a process's code. */
  @FunctionalInterface
  interface Code<T> {
    T run() throws Exception;
  }

  /**
   * Why the process ends that threw {@code thrown}; a crash is reported. Interruption means that it
   * is to end now.
   */
  static ExitReason reasonOf(ProcessCell cell, Throwable thrown) {
    return switch (thrown) {
      case ProcessExit exit -> exit.reason();
      case ProcessExited _ when !cell.isAlive() -> ExitReason.killed();
      case InterruptedException _ -> ExitReason.killed();
      default -> crash(cell, thrown);
    };
  }

  private static ExitReason crash(ProcessCell cell, Throwable thrown) {
    var reason = new ExitReason.Crashed(String.valueOf(thrown), detailOf(thrown));
    if (cell.isAlive()) {
      Pid pid = cell.pid();
      cell.system()
          .report(
              new ProcessReport.Crashed(
                  pid,
                  cell.runner().label(),
                  reason,
                  cell.ancestors(),
                  cell.runner().callers(cell),
                  thrown));
    }
    return reason;
  }

  private static @Nullable Object detailOf(Throwable thrown) {
    try {
      return thrown instanceof CrashDetail typed ? typed.detail() : null;
    } catch (RuntimeException _) {
      // The crash that is being told matters more than a detail that fails itself.
      return null;
    }
  }
}
