package io.roster.core.carrier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What waits for one carrier, the oldest first. The carrier alone adds; any thread takes. */
final class RunQueue {

  /*
   * A ring. The owner alone moves the tail, after it has written the entry that this uncovers. Whoever takes reads the entry
   * first and then moves the head by compare-and-set: an entry can only be overwritten once the head has passed it, so
   * whoever has read a newer one in an old place fails to move the head. The positions run on and overflow;
   * only their difference counts.
   */

  /** Places; a power of two. More than wait for one carrier wait for all. */
  static final int CAPACITY = 256;

  private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(Runnable[].class);
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;

  static {
    try {
      HEAD = MethodHandles.lookup().findVarHandle(RunQueue.class, "head", int.class);
      TAIL = MethodHandles.lookup().findVarHandle(RunQueue.class, "tail", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable Runnable[] entries = new Runnable[CAPACITY];
  private volatile int head;
  private volatile int tail;

  /** An empty one. */
  RunQueue() {
    this(0);
  }

  /** An empty one whose positions begin at {@code first}. */
  RunQueue(int first) {
    head = first;
    tail = first;
  }

  /** Adds {@code task}; false if there is no room. The owner's alone. */
  boolean offer(Runnable task) {
    int end = tail;
    if (end - head == CAPACITY) {
      return false;
    }
    ENTRY.setOpaque(entries, end & (CAPACITY - 1), task);
    TAIL.setRelease(this, end + 1);
    return true;
  }

  /**
   * Takes the oldest; null if there is none. Its place keeps it until it is used again, which is
   * soon.
   */
  @Nullable Runnable poll() {
    while (true) {
      int first = head;
      if (first == tail) {
        return null;
      }
      var task = (Runnable) ENTRY.getOpaque(entries, first & (CAPACITY - 1));
      if (HEAD.compareAndSet(this, first, first + 1)) {
        return task;
      }
    }
  }

  boolean isEmpty() {
    return head == tail;
  }

  /** How many wait; roughly, while others add and take. */
  int length() {
    return Math.clamp(tail - head, 0, CAPACITY);
  }
}
