package io.roster.core.process;

import io.roster.core.process.Workers.Work;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that serve those who wait for an answer: each time the same thread for the same
 * one, as long as there are not too many. Thread-safe.
 */
final class Companions implements AutoCloseable {

  /*
   * Whoever asks and whoever answers take turns: while the one runs, the other waits. A virtual thread that is woken
   * runs on the core of whoever wakes it, so the two stay on one core, and nothing that they write leaves it. The
   * queue of `Workers` is everybody's: a piece of work that goes through it costs several
   * transfers of memory between cores, which may take longer than the call.
   *
   * A companion's place is found by the number of the thread that asks. The place holds nothing until it is first
   * used, then the companion while that waits, and OUT while it works. Its work may block, and others may share the
   * place: then they do without.
   */

  /** How many there are at most; a power of two. */
  private static final int PLACES = 256;

  /** Distance of two places in the array, so that they share no cache line. */
  private static final int SPREAD = 16;

  private static final Object OUT = new Object();

  private final ThreadFactory factory;
  private final AtomicReferenceArray<@Nullable Object> places =
      new AtomicReferenceArray<>(PLACES * SPREAD);
  private volatile boolean closed;

  Companions(ThreadFactory factory) {
    this.factory = factory;
  }

  /**
   * Has the companion of the present thread run {@code work}, which may block; false if it is not
   * to be had.
   */
  boolean run(Work work) {
    int place = (int) (Thread.currentThread().threadId() & (PLACES - 1)) * SPREAD;
    Object present = places.get(place);
    if (OUT.equals(present) || !places.compareAndSet(place, present, OUT)) {
      return false;
    }
    if (present instanceof Companion waiting) {
      waiting.wakeFor(work);
    } else {
      factory.newThread(new Companion(place, work)).start();
    }
    return true;
  }

  /** Ends those that wait, and the others when their work is done. */
  @Override
  public void close() {
    closed = true;
    for (int place = 0; place < places.length(); place += SPREAD) {
      if (places.getAndSet(place, OUT) instanceof Companion waiting) {
        waiting.wakeFor(null);
      }
    }
  }

  /** One thread. */
  private final class Companion extends Waiter {

    private final int place;

    /** What it does next; null when it is to end. */
    private @Nullable Work work;

    private Companion(int place, Work first) {
      this.place = place;
      this.work = first;
    }

    private void wakeFor(@Nullable Work next) {
      work = next;
      wake();
    }

    /** No variable keeps the last work while it waits. */
    @Override
    void serve() {
      while (work != null) {
        takeUp();
        work.run(this);
        work = null;
        await();
      }
    }

    private void await() {
      lieDown();
      places.set(place, this);
      // Either whoever closes finds it there, or this sees that all is closed.
      if (closed && places.compareAndSet(place, this, OUT)) {
        return;
      }
      awaitWake();
    }
  }
}
