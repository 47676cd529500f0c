package io.roster.testkit.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of what happened. */
public final class Trace {

  private static final int LINES_MAX = 200;

  private final Deque<String> lines = new ArrayDeque<>();

  void add(long atNanos, String line) {
    if (lines.size() == LINES_MAX) {
      lines.removeFirst();
    }
    lines.addLast("%12.6f  %s".formatted(atNanos / 1e9, line));
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines);
  }
}
