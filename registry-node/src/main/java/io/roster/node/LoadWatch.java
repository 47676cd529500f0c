package io.roster.node;

import com.sun.management.OperatingSystemMXBean;
import io.roster.core.time.Ticker;
import io.roster.net.membership.Member;
import io.roster.net.membership.Membership;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how busy this machine is, now and then, and has gossip tell what {@link LoadTold} decides.
 * On a thread of its own, {@code load@node}; close it before the gossip.
 */
final class LoadWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoadWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Membership membership;
  private final Ticker ticker;
  private final DoubleSupplier busy;
  private final ScheduledExecutorService thread;

  /** Confined to whoever samples. */
  private LoadTold told;

  LoadWatch(Membership membership, Ticker ticker, DoubleSupplier busy) {
    this.membership = membership;
    this.ticker = ticker;
    this.busy = busy;
    this.told = LoadTold.atStart(ticker.nowNanos());
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("load@" + membership.self().id().name()).factory());
  }

  /** Begins to look at this machine, or at the part of it that this container may use. */
  static LoadWatch start(Membership membership, Ticker ticker) {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    var watch = new LoadWatch(membership, ticker, machine::getCpuLoad);
    long millis = INTERVAL.toMillis();
    var _ = watch.thread.scheduleWithFixedDelay(watch::look, millis, millis, TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Takes one sample. */
  void sample() {
    int up = (int) membership.members().stream().filter(Member::isUp).count();
    var next = told.after(busy.getAsDouble(), up, ticker.nowNanos());
    if (next.level() != told.level()) {
      membership.updateMetadata(metadata -> metadata.withLoad(next.level()));
    }
    told = next;
  }

  private void look() {
    try {
      sample();
    } catch (RuntimeException e) {
      // An executor that is thrown at never samples again.
      LOG.warn("how busy this machine is could not be told", e);
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
