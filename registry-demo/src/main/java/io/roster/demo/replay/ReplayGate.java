package io.roster.demo.replay;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets posts out at the pace of the moment, and starts a change of the cluster at two marks.
 * Thread-safe: every room's thread passes here before each post.
 *
 * <p>The first change begins at a third of the posts, the second at two thirds. No post goes out
 * past the second mark while the first change goes on, nor does the last post while the second one
 * does: so each change has traffic from its beginning to its end.
 */
final class ReplayGate {

  private final Pace pace;
  private final int posts;
  private final Change[] changes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition calm = lock.newCondition();

  /* All guarded by the lock. */
  private int released;
  private int changesBegun;
  private boolean changing;
  private long nextNanos;
  private Optional<Throwable> failure = Optional.empty();

  ReplayGate(Pace pace, int posts, Change first, Change second) {
    this.pace = pace;
    this.posts = posts;
    this.changes = new Change[] {first, second};
    this.nextNanos = System.nanoTime();
  }

  /** Returns when one more post may go out. */
  void pass() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (changing && released >= mark()) {
        calm.await();
      }
      if (!changing && changesBegun < changes.length && released >= mark()) {
        begin(changes[changesBegun]);
      }
      released++;
      long gapNanos = pace.gap(changing, mark() - released).toNanos();
      nextNanos = Math.max(System.nanoTime(), nextNanos + gapNanos);
      long mineNanos = nextNanos;
      /* A change that ends sets everybody free who was to wait because of it. */
      for (long left = gapNanos; changing && left > 0; left = mineNanos - System.nanoTime()) {
        calm.awaitNanos(left);
      }
      if (!changing) {
        nextNanos = System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until both changes are made; one that the posts were too few to begin begins now. */
  void awaitChanges() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (changing || changesBegun < changes.length) {
        if (changing) {
          calm.await();
        } else {
          begin(changes[changesBegun]);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** What went wrong in a change, if anything did. */
  Optional<Throwable> failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /* The number of posts at which the next thing happens: a change, or the end of the replay. */
  private int mark() {
    return switch (changesBegun) {
      case 0 -> posts / 3;
      case 1 -> 2 * posts / 3;
      default -> posts - 1;
    };
  }

  private void begin(Change change) {
    changesBegun++;
    changing = true;
    Thread.ofPlatform().daemon().name("change-" + changesBegun).start(() -> run(change));
  }

  private void run(Change change) {
    Optional<Throwable> problem = Optional.empty();
    try {
      change.make();
    } catch (InterruptedException | RuntimeException e) {
      problem = Optional.of(e);
    }
    lock.lock();
    try {
      changing = false;
      if (failure.isEmpty()) {
        failure = problem;
      }
      calm.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
