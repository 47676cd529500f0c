package io.roster.core.carrier;

import io.roster.core.carrier.CarrierRule.Look;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the carriers once a millisecond while any of them runs: moves work to idle ones, and has
 * more carriers made when all are held. One thread.
 */
final class Watch implements Runnable {

  private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

  /** Looks between two questions whether anybody comes to what waits for all. */
  private static final long PROBE_EVERY = CarrierRule.LOOKS_EVERY.toNanos() / LOOK_NANOS;

  /** Looks in a row that found all idle, before it sleeps until one is woken. */
  private static final int CALM_LOOKS = 50;

  private final Carriers carriers;
  private final Sharing<Carrier> sharing = new Sharing<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("roster-carriers").unstarted(this);
  private CarrierRule rule;
  private int looks;
  private int calm;
  private long probedNanos;
  private volatile boolean probed = true;
  private volatile boolean sleeps;

  Watch(Carriers carriers, int least) {
    this.carriers = carriers;
    rule = CarrierRule.of(least);
  }

  void start() {
    thread.start();
  }

  /** A carrier has begun to run. */
  void wake() {
    if (sleeps) {
      LockSupport.unpark(thread);
    }
  }

  boolean isAsleep() {
    return sleeps && thread.getState() == Thread.State.WAITING;
  }

  @Override
  public void run() {
    probedNanos = System.nanoTime();
    while (true) {
      LockSupport.parkNanos(LOOK_NANOS);
      share();
      if (++looks % PROBE_EVERY == 0) {
        probe();
      }
      calm = carriers.areAllIdle() ? calm + 1 : 0;
      if (calm > CALM_LOOKS && rule.isCalm()) {
        sleep();
      }
    }
  }

  private void share() {
    sharing.look(carriers.idle());
    for (Carrier one : carriers.carriers()) {
      int moved = sharing.toMove(one, one.turns(), one.waiting());
      for (int i = 0; i < moved; i++) {
        Runnable task = one.poll();
        if (task == null) {
          break;
        }
        carriers.executeAnywhere(task);
      }
    }
  }

  private void probe() {
    long now = System.nanoTime();
    rule = rule.after(Look.of(now - probedNanos, probed), rule.present());
    probedNanos = now;
    carriers.resize(rule.present());
    // With an idle one there is nothing to ask.
    if (probed && carriers.idle() == 0) {
      probed = false;
      carriers.executeAnywhere(() -> probed = true);
    }
  }

  /** Whoever wakes a carrier counts it among the active ones first, and looks here afterwards. */
  private void sleep() {
    sleeps = true;
    while (carriers.areAllIdle()) {
      LockSupport.park(this);
    }
    sleeps = false;
    calm = 0;
    probedNanos = System.nanoTime();
  }
}
