package io.roster.node.names.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.time.Ticker;
import io.roster.node.names.InMemoryCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first node by name cannot start its Hazelcast member: its port is taken. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class HazelcastFounderIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final InMemoryCluster cluster = new InMemoryCluster();
  private final List<HazelcastArbiter> arbiters = new ArrayList<>();

  @AfterEach
  void stop() {
    arbiters.forEach(HazelcastArbiter::close);
    cluster.close();
  }

  @Test
  void the_next_one_founds_and_the_first_joins_as_soon_as_the_port_is_free() throws IOException {
    int port = freePort();
    var first = start("a", port);
    HazelcastArbiter second;
    try (var _ = occupy(first)) {
      second = start("b", 0);
      await().atMost(PATIENCE).until(second::isReady);
      assertThat(first.isReady()).isFalse();
      assertThat(first.address().getPort()).isEqualTo(port);
    }
    await().atMost(PATIENCE).until(first::isReady);
    assertThat(first.members()).containsExactly("a#1", "b#1");
    await().atMost(PATIENCE).until(() -> second.disagreement().isZero());
  }

  @Test
  void one_that_may_choose_takes_another_port() throws IOException {
    var only = start("a", 0);
    var chosen = only.address();
    try (var _ = occupy(only)) {
      await().atMost(PATIENCE).until(only::isReady);
      assertThat(only.address()).isNotEqualTo(chosen);
    }
  }

  private HazelcastArbiter start(String name, int port) throws IOException {
    var arbiter =
        HazelcastArbiter.start(
            HazelcastOptions.of(
                "founder-" + ProcessHandle.current().pid(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
            cluster.start(name, 1).membership(),
            Ticker.SYSTEM);
    arbiters.add(arbiter);
    return arbiter;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /* A node waits for a second before it founds, so the port is still to be had. */
  private static ServerSocket occupy(HazelcastArbiter arbiter) throws IOException {
    var address = arbiter.address();
    return new ServerSocket(address.getPort(), 1, address.getAddress());
  }
}
