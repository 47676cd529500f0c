package io.roster.core.carrier;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A platform thread that runs virtual threads in turns, each until it waits or gives way. */
final class Carrier extends Thread {

  /**
   * Turns between two looks at what waits for any carrier, whatever else there is: a prime, so that
   * it stays out of step with whatever comes in turns.
   */
  private static final int SHARED_EVERY = 61;

  /** Steps after which whoever runs gives way. */
  private static final int STEPS_MAX = 128;

  private final Carriers all;

  /** This carrier alone adds; it takes, and the watch takes away. */
  private final RunQueue queue = new RunQueue();

  /** Written by this carrier alone. */
  private final AtomicInteger turns = new AtomicInteger();

  private int steps;

  /** Set by whoever has taken it from the idle ones. */
  private volatile boolean awake;

  Carrier(Carriers all, int number) {
    super("roster-carrier-" + number);
    this.all = all;
    setDaemon(true);
  }

  boolean isOf(Carriers some) {
    return all.equals(some);
  }

  /** Gives {@code task} a turn here; false if too many wait. To be called by what runs here. */
  boolean offer(Runnable task) {
    return queue.offer(task);
  }

  /** Takes the oldest away; null if there is none. */
  @Nullable Runnable poll() {
    return queue.poll();
  }

  int waiting() {
    return queue.length();
  }

  /** How many turns there have been; may overflow. */
  int turns() {
    return turns.getOpaque();
  }

  /** Counts a step of what runs here; true if that has had its share and others wait. */
  boolean hasHadItsShare() {
    return ++steps % STEPS_MAX == 0 && !queue.isEmpty();
  }

  @Override
  public void run() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (Throwable thrown) {
        // A virtual thread's own failures do not come here; what does must not cost a carrier.
        getUncaughtExceptionHandler().uncaughtException(this, thrown);
      }
    }
  }

  /** What to run next, as soon as there is something; null if this carrier is one too many. */
  private @Nullable Runnable next() {
    int turn = turns.getPlain() + 1;
    turns.setOpaque(turn);
    Runnable task = turn % SHARED_EVERY == 0 ? all.pollShared() : null;
    while (task == null) {
      task = queue.poll();
      if (task == null) {
        task = all.pollShared();
      }
      if (task == null && !await()) {
        return null;
      }
    }
    return task;
  }

  /** Waits until there may be something; false if this carrier is to end. */
  private boolean await() {
    if (all.hasLetGo(this)) {
      return false;
    }
    awake = false;
    all.becomeIdle(this);
    while (!awake) {
      LockSupport.park(this);
    }
    all.begins();
    return true;
  }

  void wake() {
    awake = true;
    LockSupport.unpark(this);
  }
}
