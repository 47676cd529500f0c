package io.roster.core.process;

import io.roster.core.signal.ExitReason;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Whose code runs on the present thread. Thread-safe. */
final class Current {

  /** A key, not a state: each thread sees its own binding. */
  private static final ScopedValue<Running> CURRENT = ScopedValue.newInstance();

  /** In code that is nobody's. Never written to. */
  private static final Running NOBODY = new Running();

  /** The end of a wait without one. */
  static final long NEVER = Long.MAX_VALUE;

  private final ProcessSystem system;

  Current(ProcessSystem system) {
    this.system = system;
  }

  /**
   * Whose code one thread runs. Bound once for a thread, which runs one process after the other;
   * written by that thread alone. Threads that a process forks see it too.
   */
  static class Running {

    /** The thread it was made for; null before that runs. */
    private @Nullable Thread thread;

    private @Nullable ProcessCell cell;

    private boolean hasWoken;

    /** Runs {@code code} with this bound to the present thread, whose it is from now on. */
    final void bindWhile(Runnable code) {
      thread = Thread.currentThread();
      bind(code);
    }

    private void bind(Runnable code) {
      ScopedValue.where(CURRENT, this).run(code);
    }

    /**
     * Whether code of this thread has woken another since {@link #takeUp}. That one most likely
     * waits for this carrier.
     */
    final boolean hasWoken() {
      return hasWoken;
    }

    /** The thread takes up other work. */
    final void takeUp() {
      hasWoken = false;
    }

    final @Nullable Thread thread() {
      return thread;
    }

    /** The thread runs code of {@code next} from now on, or nobody's. */
    final void become(@Nullable ProcessCell next) {
      cell = next;
    }

    /** Runs {@code code} as nobody's. */
    private void beNobodyWhile(Runnable code) {
      if (!Thread.currentThread().equals(thread)) {
        NOBODY.bind(code);
        return;
      }
      // As good as a binding, and cheaper.
      ProcessCell left = cell;
      cell = null;
      try {
        code.run();
      } finally {
        cell = left;
      }
    }
  }

  @Nullable ProcessCell orNull() {
    Running running = CURRENT.orElse(NOBODY);
    ProcessCell cell = running.cell;
    return cell != null && system.equals(cell.system()) ? cell : null;
  }

  /** As {@link #orNull}. Throws {@link ProcessExited} in a dead process. */
  @Nullable ProcessCell livingOrNull() {
    ProcessCell cell = orNull();
    if (cell != null) {
      cell.requireAlive();
    }
    return cell;
  }

  /** The process whose own thread this is; null where it has lent its name to another. */
  @Nullable ProcessCell ownerOrNull() {
    ProcessCell cell = orNull();
    return cell != null && cell.runsOn(Thread.currentThread()) ? cell : null;
  }

  /**
   * Waits for a wake-up, which may come for no reason.
   *
   * @param owner whose thread this is, if it is a process's: its alarm wakes no other
   * @param end when it comes at the latest, as {@link System#nanoTime} has it; {@link #NEVER}
   */
  static void park(@Nullable ProcessCell owner, Object blocker, long end) {
    if (owner != null) {
      owner.park(blocker, end);
    } else if (end == NEVER) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, end - System.nanoTime());
    }
  }

  /** Wakes {@code sleeper} and notes that for the thread that does it. */
  void wake(Thread sleeper) {
    Running running = CURRENT.orElse(NOBODY);
    if (Thread.currentThread().equals(running.thread)) {
      running.hasWoken = true;
    }
    LockSupport.unpark(sleeper);
  }

  /** When a wait of {@code nanos} that begins now is over; {@link #NEVER} for the longest. */
  static long endOf(long nanos) {
    if (nanos == Long.MAX_VALUE) {
      return NEVER;
    }
    long end = System.nanoTime() + nanos;
    return end == NEVER ? NEVER - 1 : end;
  }

  static boolean isOver(long end) {
    return end != NEVER && end - System.nanoTime() <= 0;
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
      CURRENT.orElse(NOBODY).beNobodyWhile(code);
    } catch (ProcessExited _) {
      // The process that wanted to know has ended meanwhile.
    } catch (RuntimeException thrown) {
      if (!"reporter".equals(what)) {
        system.report(new ProcessReport.CallbackFailed(what, thrown));
      }
    }
  }
}
