package io.roster.core.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where code of processes leaves what a test waits for. Thread-safe. */
public final class Probe<T> {

  private final LinkedBlockingQueue<T> seen = new LinkedBlockingQueue<>();

  public void put(T value) {
    seen.add(value);
  }

  /** The next value, waiting for it. */
  public T next() {
    try {
      T value = seen.poll(LocalNode.DEADLINE.toSeconds(), TimeUnit.SECONDS);
      if (value == null) {
        throw new AssertionError("expected a value, got none in time");
      }
      return value;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** The next {@code count} values. */
  public List<T> next(int count) {
    var values = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      values.add(next());
    }
    return values;
  }

  public boolean isEmpty() {
    return seen.isEmpty();
  }

  public List<T> all() {
    return List.copyOf(seen);
  }
}
