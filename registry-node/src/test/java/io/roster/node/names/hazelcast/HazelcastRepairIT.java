package io.roster.node.names.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.ClusterState;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.InMemoryCluster;
import io.roster.node.names.NamesCluster;
import io.roster.node.names.NamesOptions;
import io.roster.node.names.store.NameStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hazelcast stays apart after gossip has met again: only a fresh member helps. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(180)
class HazelcastRepairIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REBUILD_AFTER = Duration.ofSeconds(6);

  private final List<HazelcastArbiter> arbiters = new ArrayList<>();
  private final NamesCluster cluster =
      new NamesCluster(
          NamesOptions.DEFAULT.withRegisterTimeout(Duration.ofSeconds(20)), this::store);

  private NameStore store(InMemoryCluster.Node node) {
    try {
      var arbiter = HazelcastNameStoreIT.arbiter(node, REBUILD_AFTER);
      arbiters.add(arbiter);
      return arbiter.store();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    for (var name : List.of("a", "b", "c")) {
      cluster.start(name);
    }
    awaitMembers(3);
  }

  @AfterEach
  void stop() {
    cluster.close();
    arbiters.forEach(HazelcastArbiter::close);
  }

  private void awaitMembers(int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(arbiters).allMatch(arbiter -> arbiter.members().size() == count));
  }

  @Test
  void the_smaller_side_starts_its_member_again_and_nothing_else() {
    var a = cluster.nodes().get(0);
    var c = cluster.nodes().get(2);
    var name = new ProcessName("orders");
    var owner = c.spawn();
    assertThat(c.names().register(name, owner)).isInstanceOf(Registration.Registered.class);
    cluster.split(c);
    await().atMost(PATIENCE).until(() -> arbiters.get(2).members().equals(List.of("c#1")));
    await().atMost(PATIENCE).until(() -> arbiters.get(0).members().size() == 2);
    var stuck = instanceOf("c#1");
    // A member in this state looks for nobody to merge with.
    await()
        .atMost(PATIENCE)
        // It refuses for as long as it takes over what the others had.
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .untilAsserted(() -> stuck.getCluster().changeClusterState(ClusterState.FROZEN));

    cluster.heal();
    await().atMost(PATIENCE).until(() -> !arbiters.get(2).disagreement().isZero());

    awaitMembers(3);
    assertThat(stuck.getLifecycleService().isRunning()).isFalse();
    assertThat(arbiters).extracting(HazelcastArbiter::rebuilds).containsExactly(0L, 0L, 1L);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(arbiters).allMatch(arbiter -> arbiter.disagreement().isZero()));
    assertThat(c.system().isAlive(owner)).isTrue();
    assertThat(c.node().transport().peers()).hasSize(2);
    // The fresh member was told what stands: nobody else gets the name.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(a.names().register(name, a.spawn()))
                    .isEqualTo(new Registration.AlreadyRegistered(name, owner)));
  }

  private static HazelcastInstance instanceOf(String node) {
    return Hazelcast.getAllHazelcastInstances().stream()
        .filter(
            instance ->
                node.equals(
                    instance
                        .getCluster()
                        .getLocalMember()
                        .getAttribute(HazelcastConfigs.NODE_ATTRIBUTE)))
        .findFirst()
        .orElseThrow();
  }
}
