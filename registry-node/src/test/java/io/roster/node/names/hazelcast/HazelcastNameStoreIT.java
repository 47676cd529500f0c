package io.roster.node.names.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.time.Ticker;
import io.roster.node.names.InMemoryCluster;
import io.roster.node.names.store.NameStore;
import io.roster.node.names.store.NameStoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HazelcastNameStoreIT implements NameStoreContract {

  private final InMemoryCluster cluster = new InMemoryCluster();
  private HazelcastArbiter first;
  private HazelcastArbiter second;

  static HazelcastArbiter arbiter(InMemoryCluster.Node node) throws IOException {
    return arbiter(node, Duration.ofSeconds(30));
  }

  static HazelcastArbiter arbiter(InMemoryCluster.Node node, Duration rebuildAfter)
      throws IOException {
    var bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return HazelcastArbiter.start(
        HazelcastOptions.of("test-" + ProcessHandle.current().pid(), bind)
            .withRebuildAfter(rebuildAfter),
        node.membership(),
        Ticker.SYSTEM);
  }

  @BeforeAll
  void start() throws IOException {
    first = arbiter(cluster.start("a", 1));
    second = arbiter(cluster.start("b", 1));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> first.members().size() == 2 && second.members().size() == 2);
  }

  @AfterAll
  void stop() {
    second.close();
    first.close();
    cluster.close();
  }

  @Override
  public NameStore store() {
    return first.store();
  }

  @Override
  public NameStore other() {
    return second.store();
  }

  @Test
  void both_views_agree() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(first.disagreement()).isZero();
              assertThat(second.disagreement()).isZero();
            });
  }
}
