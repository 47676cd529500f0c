package io.roster.core.stress;

import io.roster.core.support.LocalNode;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs two actions at the same time, round after round. Its seed goes into every message. */
public final class Race {

  private final long seed = Long.getLong("stress.seed", System.nanoTime());
  private final int rounds = Integer.getInteger("stress.rounds", 100);
  private final SplittableRandom random = new SplittableRandom(seed);

  public int rounds() {
    return rounds;
  }

  public SplittableRandom random() {
    return random;
  }

  /** Runs both on threads of their own, one of them a little earlier, and waits for both. */
  public void run(Runnable first, Runnable second) {
    var ready = new AtomicInteger(2);
    var done = new AtomicInteger(2);
    for (Runnable each : new Runnable[] {first, second}) {
      int spins = random.nextInt(200);
      Thread.ofPlatform()
          .daemon(true)
          .name("racer@a")
          .start(
              () -> {
                ready.decrementAndGet();
                while (ready.get() > 0) {
                  Thread.onSpinWait();
                }
                for (int i = 0; i < spins; i++) {
                  Thread.onSpinWait();
                }
                each.run();
                done.decrementAndGet();
              });
    }
    LocalNode.eventually("both are done, " + this, () -> done.get() == 0);
  }

  @Override
  public String toString() {
    return "seed " + seed;
  }
}
