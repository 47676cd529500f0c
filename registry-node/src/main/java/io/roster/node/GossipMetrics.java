package io.roster.node;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.roster.core.time.Ticker;
import io.roster.net.membership.udp.GossipStats;
import io.roster.net.membership.udp.Rejection;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The numbers of a node's gossip, among those of the node. Thread-safe. */
final class GossipMetrics {

  /** All meters of one scrape tell of one moment, and the membership thread is asked once. */
  private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

  private final MeterRegistry registry;
  private final Supplier<GossipStats> source;
  private final Ticker ticker;
  private Optional<GossipStats> latest = Optional.empty();
  private long latestNanos;

  private GossipMetrics(MeterRegistry registry, Supplier<GossipStats> source, Ticker ticker) {
    this.registry = registry;
    this.source = source;
    this.ticker = ticker;
  }

  /** Adds what {@code source} tells to {@code registry}. */
  static void install(MeterRegistry registry, Supplier<GossipStats> source, Ticker ticker) {
    new GossipMetrics(registry, source, ticker).install();
  }

  private void install() {
    var datagrams = "Datagrams of gossip; received are authentic ones alone";
    counter("datagrams", datagrams, GossipStats::datagramsSent, "direction", "sent");
    counter("datagrams", datagrams, GossipStats::datagramsReceived, "direction", "received");
    var bytes = "Bytes of gossip in datagrams and streams, with envelopes";
    counter("bytes", bytes, GossipStats::bytesSent, "direction", "sent");
    counter("bytes", bytes, GossipStats::bytesReceived, "direction", "received");
    var streams = "Streams of gossip";
    counter("streams", streams, GossipStats::streamsOpened, "direction", "opened");
    counter("streams", streams, GossipStats::streamsAccepted, "direction", "accepted");
    for (var why : Rejection.values()) {
      counter(
          "rejected",
          "Datagrams and frames that were not looked at",
          stats -> stats.rejected().getOrDefault(why, 0L),
          "reason",
          why.name().toLowerCase(Locale.ROOT));
    }
    counter("pings", "Questions to members, also put again", s -> s.judgements().pings());
    counter("suspicions", "Members that became suspect", s -> s.judgements().suspicions());
    counter("refutations", "Suspects that contradicted", s -> s.judgements().refutations());
    counter("ends", "Members that failed, left or were replaced", s -> s.judgements().ends());
    gauge("suspects", "Members that are suspected now", GossipStats::suspects);
    gauge("news.pending", "News that wait to be passed on", GossipStats::pendingRumors);
  }

  private void counter(
      String name, String description, ToDoubleFunction<GossipStats> value, String... tags) {
    // The registry stands for the source: a meter holds what it reads from weakly.
    FunctionCounter.builder("roster.gossip." + name, registry, _ -> value.applyAsDouble(now()))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<GossipStats> value) {
    Gauge.builder("roster.gossip." + name, registry, _ -> value.applyAsDouble(now()))
        .description(description)
        .register(registry);
  }

  private synchronized GossipStats now() {
    long nowNanos = ticker.nowNanos();
    if (latest.isPresent() && nowNanos - latestNanos < FRESH_NANOS) {
      return latest.get();
    }
    var present = source.get();
    latest = Optional.of(present);
    latestNanos = nowNanos;
    return present;
  }
}
