package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where moved processes have gone, for a while. Thread-safe.
 *
 * <p>What a sender sent before a move lies in the old mailbox, what it sends afterwards goes
 * straight to the new process. So that the two keep their order, who comes late waits until the old
 * mailbox has been sent on: a moment, for that does not block.
 */
final class Forwards {

  private final int sizeMax;
  private final long keepNanos;
  private final Ticker ticker;

  /** Moves under way: held by the thread that moves. */
  private final ConcurrentHashMap<Pid, ReentrantLock> moving = new ConcurrentHashMap<>();

  private final LinkedHashMap<Pid, Forward> moved = new LinkedHashMap<>();
  private volatile boolean empty = true;

  private record Forward(Pid to, long sinceNanos) {}

  Forwards(int sizeMax, Duration keep, Ticker ticker) {
    this.sizeMax = sizeMax;
    this.keepNanos = keep.toNanos();
    this.ticker = ticker;
  }

  /**
   * Makes late senders to {@code pid} wait for {@link Move#end}. To be called before it is dead.
   */
  Move begin(Pid pid) {
    var lock = new ReentrantLock();
    lock.lock();
    boolean first = moving.putIfAbsent(pid, lock) == null;
    return new Move(pid, first ? lock : null);
  }

  /** One move. Confined to the thread that began it. */
  final class Move {

    private final Pid pid;
    private final @Nullable ReentrantLock lock;

    private Move(Pid pid, @Nullable ReentrantLock lock) {
      this.pid = pid;
      this.lock = lock;
    }

    /** The old mailbox has been sent on. */
    void arrived(Pid to) {
      add(pid, to);
    }

    void end() {
      if (lock != null) {
        moving.remove(pid, lock);
        lock.unlock();
      }
    }
  }

  private synchronized void add(Pid from, Pid to) {
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
    ReentrantLock underWay = moving.isEmpty() ? null : moving.get(pid);
    if (underWay == null) {
      return arrivedAt(pid);
    }
    underWay.lock();
    try {
      return arrivedAt(pid);
    } finally {
      underWay.unlock();
    }
  }

  private Optional<Pid> arrivedAt(Pid pid) {
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
