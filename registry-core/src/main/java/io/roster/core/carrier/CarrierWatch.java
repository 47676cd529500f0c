package io.roster.core.carrier;

import io.roster.core.carrier.CarrierRule.Look;
import io.roster.core.time.SystemTimers;
import io.roster.core.time.Ticker;
import io.roster.core.time.Timers;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds, where the JDK schedules processes, how long handlers that compute without pause can keep
 * others from running: while no carrier is left, a virtual thread is started every now and then,
 * and when it has not run by the next look, virtual threads get more carriers. The operating system
 * shares the cores out among carriers, as it does not among virtual threads.
 *
 * <p>The carriers are the JVM's, and so is the watch: it begins with the first system that is built
 * and ends with the last that is closed. Thread-safe.
 *
 * @see <a href="https://www.erlang.org/doc/system/system_limits">Erlang's schedulers, which preempt
 *     instead</a>
 */
public final class CarrierWatch {

  private static final CarrierWatch OF_JVM =
      new CarrierWatch(JdkCarriers.ofJvm(), Ticker.SYSTEM, () -> new SystemTimers("carriers@jvm"));

  private final JdkCarriers carriers;
  private final Ticker ticker;
  private final Supplier<? extends Timers> timers;
  private int shares;
  private @Nullable Looking looking;

  /**
   * A watch that nobody wants yet.
   *
   * @param timers made with the first share, and closed with the last if they can be
   */
  CarrierWatch(JdkCarriers carriers, Ticker ticker, Supplier<? extends Timers> timers) {
    this.carriers = carriers;
    this.ticker = ticker;
    this.timers = timers;
  }

  /** The one watch over the carriers of this JVM. */
  public static CarrierWatch ofJvm() {
    return OF_JVM;
  }

  /** Watches until what is returned is closed, and longer where others want it. */
  public synchronized Share share() {
    shares++;
    if (looking == null) {
      looking = new Looking(timers.get());
      looking.again();
    }
    return new Share();
  }

  private synchronized void leave() {
    shares--;
    if (shares == 0 && looking != null) {
      looking.end();
      looking = null;
    }
  }

  /** One system's wish for the watch. */
  public final class Share implements AutoCloseable {

    private final AtomicBoolean closed = new AtomicBoolean();

    private Share() {}

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        leave();
      }
    }
  }

  /** From the first share to the last. */
  private final class Looking {

    private final Timers timers;
    private final int first = carriers.number();
    private CarrierRule rule = CarrierRule.of(first);
    private long lookedNanos = ticker.nowNanos();
    private volatile boolean probed = true;
    private boolean ended;

    private Looking(Timers timers) {
      this.timers = timers;
    }

    private void again() {
      var _ = timers.after(CarrierRule.LOOKS_EVERY, this::look);
    }

    private synchronized void look() {
      if (ended) {
        return;
      }
      try {
        compare();
      } finally {
        // Whatever goes wrong with one look, others follow.
        again();
      }
    }

    private void compare() {
      long now = ticker.nowNanos();
      Look seen = Look.of(now - lookedNanos, probed);
      lookedNanos = now;
      int found = carriers.number();
      rule = rule.after(seen, found);
      if (rule.present() != found) {
        carriers.setNumber(rule.present());
      }
      if (!probed) {
        // A carrier more is taken on when something is given to the scheduler, not before.
        carriers.start(() -> {});
      } else if (!carriers.areLeft()) {
        probed = false;
        carriers.start(() -> probed = true);
      }
    }

    /** Gives back what it has taken; a number that others have set since stays. */
    private synchronized void end() {
      ended = true;
      if (timers instanceof SystemTimers own) {
        own.close();
      }
      if (rule.present() > first && carriers.number() == rule.present()) {
        carriers.setNumber(first);
      }
    }
  }
}
