package io.roster.core.carrier;

import io.roster.core.carrier.CarrierRule.Look;
import io.roster.core.identity.NodeName;
import io.roster.core.time.SystemTimers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Bounds, where the JDK schedules processes, how long handlers that compute without pause can keep
 * others from running: a virtual thread is started every now and then, and when it has not run by
 * the next look, virtual threads get more carriers. The operating system shares the cores out among
 * carriers, as it does not among virtual threads.
 *
 * <p>The carriers are the JVM's: the watches of several systems in one JVM set the same number.
 *
 * @see <a href="https://www.erlang.org/doc/system/system_limits">Erlang's schedulers, which preempt
 *     instead</a>
 */
public final class CarrierWatch implements AutoCloseable {

  /** A thread waits for two of these at most before help comes. */
  static final Duration LOOKS_EVERY = Duration.ofMillis(25);

  /**
   * A look that comes so long after the last shows that this thread itself was kept from running.
   */
  private static final Duration LATE = LOOKS_EVERY.multipliedBy(4);

  /** Carriers for each one of a calm system: more of them cost everybody more than they help. */
  private static final int MOST_TIMES = 8;

  private final SystemTimers timers;
  private final ThreadFactory threads;
  private final VirtualThreadSchedulerMXBean scheduler;
  private CarrierRule rule;
  private long lookedNanos = System.nanoTime();
  private volatile boolean probed = true;

  private CarrierWatch(
      SystemTimers timers, ThreadFactory threads, VirtualThreadSchedulerMXBean scheduler) {
    this.timers = timers;
    this.threads = threads;
    this.scheduler = scheduler;
    // Not what the scheduler says: another system's watch may just have raised it.
    int least =
        Integer.getInteger(
            "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    this.rule = CarrierRule.of(least, least * MOST_TIMES);
  }

  /** Begins to watch, on a thread of its own, until closed. */
  public static CarrierWatch start(NodeName node, ThreadFactory threads) {
    var watch =
        new CarrierWatch(
            new SystemTimers("carriers@" + node),
            threads,
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class));
    watch.again();
    return watch;
  }

  private void again() {
    var _ = timers.after(LOOKS_EVERY, this::look);
  }

  private void look() {
    long now = System.nanoTime();
    boolean isLate = now - lookedNanos > LATE.toNanos();
    lookedNanos = now;
    int found = scheduler.getParallelism();
    rule = rule.after(isLate ? Look.LATE : probed ? Look.PROMPT : Look.WAITING, found);
    if (rule.present() != found) {
      scheduler.setParallelism(rule.present());
    }
    if (probed) {
      probed = false;
      threads.newThread(() -> probed = true).start();
    } else {
      // A carrier more is taken on when something is given to the scheduler, not before.
      threads.newThread(() -> {}).start();
    }
    again();
  }

  @Override
  public void close() {
    timers.close();
  }
}
