package io.roster.node.names.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.InMemoryCluster;
import io.roster.node.names.NamesCluster;
import io.roster.node.names.NamesCluster.NamesNode;
import io.roster.node.names.NamesOptions;
import io.roster.node.names.store.NameStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gossip says that a cluster falls apart and meets again; Hazelcast follows, names hold. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(180)
class HazelcastSplitIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<HazelcastArbiter> arbiters = new ArrayList<>();
  private final NamesCluster cluster =
      new NamesCluster(
          NamesOptions.DEFAULT
              .withLoserGrace(Duration.ofMillis(200))
              .withRegisterTimeout(Duration.ofSeconds(20)),
          this::store);

  private NameStore store(InMemoryCluster.Node node) {
    try {
      var arbiter = HazelcastNameStoreIT.arbiter(node);
      arbiters.add(arbiter);
      return arbiter.store();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    for (var name : List.of("a", "b", "c", "d")) {
      cluster.start(name);
    }
    awaitMembers(4);
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
  void both_sides_register_during_a_split_and_agree_after_it() {
    var a = cluster.nodes().get(0);
    var b = cluster.nodes().get(1);
    var c = cluster.nodes().get(2);
    var kept = new ProcessName("kept");
    var keptBy = c.spawn();
    c.names().register(kept, keptBy);

    cluster.split(c, cluster.nodes().get(3));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(arbiters.get(0).members()).containsExactly("a#1", "b#1");
              assertThat(arbiters.get(2).members()).containsExactly("c#1", "d#1");
            });
    var older = claims(c, 50);
    var newer = claims(a, 50);
    var taken = b.spawn();
    assertThat(b.names().register(kept, taken)).isInstanceOf(Registration.Registered.class);

    cluster.heal();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (var node : cluster.nodes()) {
                assertThat(node.names().names()).containsAllEntriesOf(older);
                assertThat(node.names().whereis(kept)).contains(keptBy);
                assertThat(node.names().conflicts()).hasSize(51);
              }
              assertThat(newer.values()).noneMatch(a.system()::isAlive);
              assertThat(b.system().isAlive(taken)).isFalse();
            });
    awaitMembers(4);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(arbiters).allMatch(arbiter -> arbiter.disagreement().isZero()));
    // They merged; a fresh member would have met the others as well.
    assertThat(arbiters).extracting(HazelcastArbiter::rebuilds).containsOnly(0L);
    var late = a.spawn();
    assertThat(a.names().register(kept, late))
        .isEqualTo(new Registration.AlreadyRegistered(kept, keptBy));
  }

  private static Map<ProcessName, Pid> claims(NamesNode node, int count) {
    var claims = new java.util.HashMap<ProcessName, Pid>();
    for (int i = 0; i < count; i++) {
      claims.put(new ProcessName("n" + i), node.spawn());
    }
    assertThat(node.names().registerAll(claims).values())
        .allMatch(Registration.Registered.class::isInstance);
    return claims;
  }

  @Test
  void a_member_that_ended_by_itself_is_started_again_and_told_what_stands() {
    var a = cluster.nodes().get(0);
    var name = new ProcessName("orders");
    var pid = a.spawn();
    a.names().register(name, pid);

    arbiters.forEach(HazelcastArbiter::failMember);

    await()
        .atMost(PATIENCE)
        .until(() -> arbiters.stream().allMatch(arbiter -> arbiter.members().size() == 4));
    for (var node : cluster.nodes()) {
      assertThat(node.names().whereis(name)).contains(pid);
    }
    var next = a.spawn();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(a.names().register(name, next))
                    .isEqualTo(new Registration.AlreadyRegistered(name, pid)));
  }
}
