package io.roster.core.process;

import io.roster.core.identity.Pid;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Where moved processes have gone, for a while. Thread-safe. */
final class Forwards {

  private final int sizeMax;
  private final long keepNanos;
  private final io.roster.core.time.Ticker ticker;
  private final LinkedHashMap<Pid, Forward> moved = new LinkedHashMap<>();
  private volatile boolean empty = true;

  private record Forward(Pid to, long sinceNanos) {}

  Forwards(int sizeMax, Duration keep, io.roster.core.time.Ticker ticker) {
    this.sizeMax = sizeMax;
    this.keepNanos = keep.toNanos();
    this.ticker = ticker;
  }

  synchronized void add(Pid from, Pid to) {
    long now = ticker.nowNanos();
    prune(now);
    if (moved.size() == sizeMax) {
      moved.pollFirstEntry();
    }
    moved.put(from, new Forward(to, now));
    empty = false;
  }

  /** Where {@code pid} went, if it moved and not too long ago. */
  Optional<Pid> find(Pid pid) {
    if (empty) {
      return Optional.empty();
    }
    synchronized (this) {
      prune(ticker.nowNanos());
      return Optional.ofNullable(moved.get(pid)).map(Forward::to);
    }
  }

  private void prune(long now) {
    while (!moved.isEmpty() && now - moved.firstEntry().getValue().sinceNanos > keepNanos) {
      moved.pollFirstEntry();
    }
    empty = moved.isEmpty();
  }
}
