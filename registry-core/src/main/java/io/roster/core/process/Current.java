package io.roster.core.process;

import io.roster.core.signal.ExitReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose code runs on the present thread. Thread-safe. */
final class Current {

  /** Whose code this thread runs. A key, not a state: each thread sees its own binding. */
  private static final ScopedValue<Optional<ProcessCell>> CURRENT = ScopedValue.newInstance();

  private final ProcessSystem system;

  Current(ProcessSystem system) {
    this.system = system;
  }

  void runAs(ProcessCell cell, Runnable code) {
    ScopedValue.where(CURRENT, Optional.of(cell)).run(code);
  }

  @Nullable ProcessCell orNull() {
    if (!CURRENT.isBound()) {
      return null;
    }
    ProcessCell cell = CURRENT.get().orElse(null);
    return cell != null && system.equals(cell.system()) ? cell : null;
  }

  /** As {@link ProcessSystem#interrupted}. */
  RuntimeException interrupted(String doing) {
    ProcessCell cell = orNull();
    if (cell != null) {
      cell.requireAlive();
      return new ProcessExit(ExitReason.killed());
    }
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while " + doing);
  }

  /**
   * Runs code that is not of the process whose thread this may be, which may even be dead. What it
   * throws is reported and goes no further.
   */
  void guard(String what, Runnable code) {
    try {
      ScopedValue.where(CURRENT, Optional.empty()).run(code);
    } catch (ProcessExited _) {
      // The process that wanted to know has ended meanwhile.
    } catch (RuntimeException thrown) {
      if (!"reporter".equals(what)) {
        system.report(new ProcessReport.CallbackFailed(what, thrown));
      }
    }
  }
}
