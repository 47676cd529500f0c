package io.roster.node.fleet;

import io.roster.core.identity.ProcessName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When a worker that failed to start, crashed or could not be moved is tried again: the first time
 * at once, then after a pause that doubles. Confined to the fleet's thread.
 */
final class BackOff {

  private static final long FIRST_NANOS = Duration.ofMillis(200).toNanos();

  /** A worker that has gone on for so long is taken to be well again. */
  private static final long FORGIVEN_NANOS = Duration.ofSeconds(30).toNanos();

  private final long maxNanos;
  private final Map<ProcessName, Failures> failures = new HashMap<>();

  private record Failures(int count, long lastNanos) {}

  BackOff(Duration max) {
    this.maxNanos = max.toNanos();
  }

  void failed(ProcessName name, long nowNanos) {
    Failures before = failures.get(name);
    int count =
        before == null || nowNanos - before.lastNanos() > pauseNanos(before) + FORGIVEN_NANOS
            ? 1
            : before.count() + 1;
    failures.put(name, new Failures(count, nowNanos));
  }

  void succeeded(ProcessName name) {
    failures.remove(name);
  }

  boolean isDue(ProcessName name, long nowNanos) {
    Failures known = failures.get(name);
    return known == null || nowNanos - known.lastNanos() >= pauseNanos(known);
  }

  private long pauseNanos(Failures known) {
    return known.count() == 1
        ? 0
        : Math.min(maxNanos, FIRST_NANOS << Math.min(known.count() - 2, 20));
  }
}
