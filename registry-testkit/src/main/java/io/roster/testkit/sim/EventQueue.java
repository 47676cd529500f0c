package io.roster.testkit.sim;

import java.util.Arrays;

/**
 * What is to happen, earliest first; of one instant, in the order of adding. A heap with four
 * children to a node and its times in an array: with hundreds of thousands of events a queue of
 * objects does little but wait for memory. Not thread-safe.
 */
final class EventQueue {

  /** No event is later. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int CHILDREN = 4;

  private long[] times = new long[64];
  private long[] orders = new long[64];
  private Runnable[] actions = new Runnable[64];
  private int size;
  private long added;

  void add(long atNanos, Runnable action) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      actions = Arrays.copyOf(actions, 2 * size);
    }
    long order = added++;
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) / CHILDREN;
      // One of the same time was added before, and stays before.
      if (times[parent] <= atNanos) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, atNanos, order, action);
  }

  /** When the next one is, or {@link #NEVER}. */
  long nextAtNanos() {
    return size == 0 ? NEVER : times[0];
  }

  /** Takes the next one; there must be one. */
  Runnable take() {
    var taken = actions[0];
    int last = --size;
    long time = times[last];
    long order = orders[last];
    var action = actions[last];
    clear(last);
    if (last > 0) {
      sink(time, order, action);
    }
    return taken;
  }

  private void sink(long time, long order, Runnable action) {
    int hole = 0;
    for (int first = 1; first < size; first = CHILDREN * hole + 1) {
      int least = first;
      int end = Math.min(first + CHILDREN, size);
      for (int child = first + 1; child < end; child++) {
        if (isBefore(times[child], orders[child], least)) {
          least = child;
        }
      }
      if (isBefore(time, order, least)) {
        break;
      }
      move(least, hole);
      hole = least;
    }
    put(hole, time, order, action);
  }

  private boolean isBefore(long time, long order, int other) {
    return time < times[other] || (time == times[other] && order < orders[other]);
  }

  private void move(int from, int to) {
    put(to, times[from], orders[from], actions[from]);
  }

  private void put(int at, long time, long order, Runnable action) {
    times[at] = time;
    orders[at] = order;
    actions[at] = action;
  }

  @SuppressWarnings("NullAway") // beyond the size nothing is read
  private void clear(int at) {
    actions[at] = null;
  }
}
