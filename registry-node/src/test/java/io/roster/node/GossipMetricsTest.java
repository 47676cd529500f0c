package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.roster.net.membership.udp.GossipStats;
import io.roster.net.membership.udp.Rejection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipMetricsTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void install() {
    GossipMetrics.install(
        registry,
        () ->
            new GossipStats(
                1,
                2,
                3,
                4,
                5,
                6,
                Map.of(Rejection.FORGED, 7L),
                new GossipStats.Judgements(8, 9, 10, 11),
                12,
                13,
                100 * asked.incrementAndGet()),
        now::get);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void every_number_of_the_gossip_has_a_name() {
    assertThat(registry.scrape().lines())
        .contains(
            "roster_gossip_datagrams_total{direction=\"sent\"} 1.0",
            "roster_gossip_datagrams_total{direction=\"received\"} 2.0",
            "roster_gossip_bytes_total{direction=\"sent\"} 3.0",
            "roster_gossip_bytes_total{direction=\"received\"} 4.0",
            "roster_gossip_streams_total{direction=\"opened\"} 5.0",
            "roster_gossip_streams_total{direction=\"accepted\"} 6.0",
            "roster_gossip_rejected_total{reason=\"forged\"} 7.0",
            "roster_gossip_rejected_total{reason=\"replayed\"} 0.0",
            "roster_gossip_pings_total 8.0",
            "roster_gossip_suspicions_total 9.0",
            "roster_gossip_refutations_total 10.0",
            "roster_gossip_ends_total 11.0",
            "roster_gossip_suspects 13.0",
            "roster_gossip_news_pending 100.0");
  }

  @Test
  void one_scrape_asks_once_and_a_later_one_anew() {
    registry.scrape();
    assertThat(asked).hasValue(1);

    now.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(registry.scrape().lines()).contains("roster_gossip_news_pending 200.0");
    assertThat(asked).hasValue(2);
  }
}
