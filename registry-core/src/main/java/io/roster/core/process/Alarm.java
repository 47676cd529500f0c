package io.roster.core.process;

import io.roster.core.time.Timers;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
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
   */

  private final Timers timers;
  private volatile @Nullable Thread waiting;
  private volatile long endsAt;
  private volatile @Nullable Ring set;

  private record Ring(long at, Scheduled scheduled) {}

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
    Ring present = set;
    if (present == null || present.at - end > 0) {
      setTo(end);
    } else {
      LockSupport.park(blocker);
    }
    waiting = null;
  }

  private synchronized void setTo(long at) {
    Ring present = set;
    if (present != null) {
      if (present.at - at <= 0) {
        return;
      }
      present.scheduled.cancel();
    }
    set = new Ring(at, timers.after(Duration.ofNanos(at - System.nanoTime()), this::ring));
  }

  private void ring() {
    synchronized (this) {
      set = null;
    }
    Thread waiter = waiting;
    if (waiter == null) {
      return;
    }
    if (endsAt - System.nanoTime() <= 0) {
      LockSupport.unpark(waiter);
    } else {
      setTo(endsAt);
    }
  }

  /** Takes the timer back: the process waits no more. */
  synchronized void cancel() {
    Ring present = set;
    if (present != null) {
      present.scheduled.cancel();
      set = null;
    }
  }
}
