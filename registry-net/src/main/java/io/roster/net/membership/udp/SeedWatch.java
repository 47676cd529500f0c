package io.roster.net.membership.udp;

import io.roster.core.identity.NodeName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks discovery again and again, on a thread that may block, and passes on what it found. */
final class SeedWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SeedWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** While nobody is there and nobody is found: whoever comes first should not wait. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final SeedDiscovery discovery;
  private final BooleanSupplier alone;
  private final Consumer<List<InetSocketAddress>> found;
  private final Thread.Builder builder;
  private volatile boolean closed;
  private volatile @Nullable Thread thread;

  /**
   * Not begun yet.
   *
   * @param alone whether the node knows of nobody who is up
   * @param found takes all seeds that are known, each time
   */
  SeedWatch(
      NodeName node,
      SeedDiscovery discovery,
      BooleanSupplier alone,
      Consumer<List<InetSocketAddress>> found) {
    this.discovery = discovery;
    this.alone = alone;
    this.found = found;
    this.builder = Thread.ofPlatform().daemon().name("discovery@" + node);
  }

  /** Begins; {@code always} are passed on with whatever is found. */
  void begin(List<InetSocketAddress> always) {
    thread = builder.start(() -> run(List.copyOf(always)));
  }

  static Duration pause(boolean foundNobody, boolean alone) {
    return foundNobody && alone ? SOON : INTERVAL;
  }

  @Override
  public void close() {
    closed = true;
    var running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run(List<InetSocketAddress> always) {
    while (!closed) {
      boolean foundNobody = true;
      try {
        var seeds = new ArrayList<>(always);
        var discovered = discovery.find();
        seeds.addAll(discovered);
        foundNobody = discovered.isEmpty();
        found.accept(seeds);
      } catch (RuntimeException e) {
        LOG.warn("discovery of seeds failed; it is tried again", e);
      }
      try {
        Thread.sleep(pause(foundNobody, alone.getAsBoolean()));
      } catch (InterruptedException _) {
        return;
      }
    }
  }
}
