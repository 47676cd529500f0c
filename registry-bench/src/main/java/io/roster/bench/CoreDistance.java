package io.roster.bench;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far apart two cores of this machine are at the moment. On virtual machines that changes
 * within minutes, by a factor of five, and everything that is handed from core to core with it.
 */
final class CoreDistance {

  private static final int TRIES = 5;
  private static final long TRY_NANOS = 4_000_000;
  private static final int OVER = -1;

  private CoreDistance() {}

  /** Nanoseconds that a number takes from one core to another: the least of a few short tries. */
  static long nanos() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      least = Math.min(least, once());
    }
    return least;
  }

  private static long once() throws InterruptedException {
    var ball = new AtomicInteger();
    Thread other = Thread.ofPlatform().daemon().start(() -> giveBack(ball));
    long begun = System.nanoTime();
    long now = begun;
    int rounds = 0;
    while (now - begun < TRY_NANOS) {
      if (ball.compareAndSet(0, 1)) {
        rounds++;
      }
      Thread.onSpinWait();
      now = System.nanoTime();
    }
    ball.set(OVER);
    other.join();
    return (now - begun) / (2L * Math.max(1, rounds));
  }

  private static void giveBack(AtomicInteger ball) {
    for (int seen = ball.get(); seen != OVER; seen = ball.get()) {
      if (seen == 0 || !ball.compareAndSet(1, 0)) {
        Thread.onSpinWait();
      }
    }
  }
}
