package io.roster.core.process;

import io.roster.core.time.Timers;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends the waits of one process that have a limit. Waits are one thread's at a time; the timer
 * rings on another.
 */
final class Alarm {

  /*
   * A wait is nearly always over long before its limit, and the next one follows. So a wait does not take
   * a timer of its own: it notes when it is to end, and the timer that an earlier wait has set goes on if
   * it rings no later. When it rings, it is set again to what is noted then, or not at all.
   *
   * The waiter notes first and then looks for a timer; the timer takes itself away first and then looks
   * for a note. So one of the two always sees the other.
   *
   * To set a timer takes a lock, and to wait for that lock would use up a wake-up that was meant for the
   * process. Whoever has set one therefore does not wait before its condition has been looked at again.
   *
   * For the same reason no lock of the alarm's own is held meanwhile: the timer's thread, which rings for
   * all, would wait for a process's. A ring takes its place first and gets its timer afterwards.
   */

  private final Timers timers;
  private volatile @Nullable Thread waiting;
  private volatile long endsAt;
  private final AtomicReference<@Nullable Ring> set = new AtomicReference<>();
  private volatile boolean stopped;

  Alarm(Timers timers) {
    this.timers = timers;
  }

  /**
   * Waits for a wake-up, which may come for no reason.
   *
   * @param end when it comes at the latest, as {@link System#nanoTime} has it
   */
  void park(Object blocker, long end) {
    endsAt = end;
    waiting = Thread.currentThread();
    Ring present = set.get();
    if (present == null || present.at - end > 0) {
      setTo(end);
    } else {
      LockSupport.park(blocker);
    }
    waiting = null;
  }

  private void setTo(long at) {
    var ring = new Ring(at);
    Ring present;
    do {
      present = set.get();
      if (stopped || (present != null && present.at - at <= 0)) {
        return;
      }
    } while (!set.compareAndSet(present, ring));
    if (present != null) {
      present.cancel();
    }
    ring.start();
    if (stopped) {
      // Set perhaps after cancel has looked for one.
      cancel();
    }
  }

  private void rung(Ring ring) {
    // Only one that is due earlier takes its place.
    if (!set.compareAndSet(ring, null)) {
      return;
    }
    Thread waiter = waiting;
    if (waiter == null) {
      return;
    }
    long end = endsAt;
    if (end - System.nanoTime() <= 0) {
      LockSupport.unpark(waiter);
    } else {
      setTo(end);
    }
  }

  boolean isSet() {
    return set.get() != null;
  }

  /** Takes the timer back and sets none any more: the process waits no more. */
  void cancel() {
    stopped = true;
    Ring present = set.getAndSet(null);
    if (present != null) {
      present.cancel();
    }
  }

  /** One timer. */
  private final class Ring {

    private static final Scheduled CANCELLED = () -> false;

    private final long at;

    /** Null until it is set. */
    private final AtomicReference<@Nullable Scheduled> timer = new AtomicReference<>();

    private Ring(long at) {
      this.at = at;
    }

    private void start() {
      Scheduled mine = timers.after(Duration.ofNanos(at - System.nanoTime()), () -> rung(this));
      if (!timer.compareAndSet(null, mine)) {
        mine.cancel();
      }
    }

    private void cancel() {
      Scheduled mine = timer.getAndSet(CANCELLED);
      if (mine != null) {
        mine.cancel();
      }
    }
  }
}
