package io.roster.node.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.process.SendResult;
import io.roster.core.signal.ExitReason;
import io.roster.node.names.NamesCluster.NamesNode;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.store.InMemoryNameStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class GlobalNamesIT {

  private static final ProcessName ORDERS = new ProcessName("orders");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final InMemoryNameStore store = new InMemoryNameStore();
  private final NamesCluster cluster =
      new NamesCluster(NamesOptions.DEFAULT.withLoserGrace(Duration.ofMillis(200)), _ -> store);
  private final NamesNode a = cluster.start("a");
  private final NamesNode b = cluster.start("b");
  private final NamesNode c = cluster.start("c");

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void eventually(org.awaitility.core.ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  private void eventuallyEverywhere(ProcessName name, Pid owner) {
    eventually(
        () -> {
          for (var node : cluster.nodes()) {
            assertThat(node.names().whereis(name)).contains(owner);
          }
        });
  }

  @Nested
  class Register {

    // case 1, case 17, case 18
    @Test
    void the_owner_is_known_here_at_once_and_everywhere_soon() {
      var pid = a.spawn();

      assertThat(a.names().register(ORDERS, pid))
          .isEqualTo(new Registration.Registered(ORDERS, pid));

      assertThat(a.names().whereis(ORDERS)).contains(pid);
      eventuallyEverywhere(ORDERS, pid);
    }

    @Test
    void a_taken_name_is_refused_on_every_node_with_its_owner() {
      var pid = a.spawn();
      a.names().register(ORDERS, pid);

      for (var node : cluster.nodes()) {
        assertThat(node.names().register(ORDERS, node.spawn()))
            .isEqualTo(new Registration.AlreadyRegistered(ORDERS, pid));
      }
    }

    @Test
    void the_same_claim_again_changes_nothing() {
      var pid = a.spawn();
      a.names().register(ORDERS, pid);

      assertThat(a.names().register(ORDERS, pid))
          .isEqualTo(new Registration.Registered(ORDERS, pid));
    }

    @Test
    void a_dead_process_gets_no_name() {
      var pid = a.spawn();
      a.kill(pid);

      assertThat(a.names().register(ORDERS, pid)).isEqualTo(new Registration.NotAlive(ORDERS, pid));
      assertThat(a.names().names()).isEmpty();
    }

    // case 6
    @Test
    void a_process_of_another_node_is_an_error_of_the_caller() {
      var pid = b.spawn();

      assertThatThrownBy(() -> a.names().register(ORDERS, pid))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a process of node a#1, got: <b#1.");
      assertThat(a.names().register(ORDERS, a.spawn())).isInstanceOf(Registration.Registered.class);
    }

    @Test
    void of_many_claims_on_all_nodes_at_once_one_is_granted() {
      var outcomes =
          cluster.nodes().stream()
              .flatMap(
                  node ->
                      List.of(node.spawn(), node.spawn(), node.spawn()).stream()
                          .map(pid -> node.names().registerAsync(ORDERS, pid, Map.of())))
              .toList();

      var registered =
          outcomes.stream()
              .map(CompletableFuture::join)
              .filter(Registration.Registered.class::isInstance)
              .toList();
      assertThat(registered).hasSize(1);
    }

    @Test
    void register_or_get_counts_the_present_owner_as_success() {
      var pid = a.spawn();
      a.names().register(ORDERS, pid);

      assertThat(b.names().registerOrGet(ORDERS, b.spawn()))
          .isEqualTo(new Registration.Registered(ORDERS, pid));
    }

    @Test
    void metadata_travels_with_the_claim() {
      a.names().register(ORDERS, a.spawn(), Map.of("zone", "north"));

      eventually(
          () ->
              assertThat(c.names().claim(ORDERS).map(Claim::metadata))
                  .contains(Map.of("zone", "north")));
    }

    @Test
    void many_names_go_together() {
      var claims = new HashMap<ProcessName, Pid>();
      for (int i = 0; i < 1_000; i++) {
        claims.put(new ProcessName("n" + i), a.spawn());
      }

      assertThat(a.names().registerAll(claims).values())
          .allMatch(Registration.Registered.class::isInstance);

      eventually(() -> assertThat(b.names().names()).isEqualTo(a.names().names()).hasSize(1_000));
    }
  }

  @Nested
  class Release {

    @Test
    void a_name_is_free_on_its_node_before_anybody_hears_of_the_end() throws Exception {
      var heard = new CompletableFuture<Boolean>();
      var pid = a.spawn();
      a.names().register(ORDERS, pid);
      a.system().whenExited(pid, _ -> heard.complete(a.names().whereis(ORDERS).isEmpty()));

      a.system().exit(pid, ExitReason.killed());

      assertThat(heard.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_name_can_be_taken_again_at_once_on_any_node() {
      var pid = a.spawn();
      a.names().register(ORDERS, pid);
      eventuallyEverywhere(ORDERS, pid);
      a.kill(pid);

      var next = b.spawn();
      assertThat(b.names().register(ORDERS, next))
          .isEqualTo(new Registration.Registered(ORDERS, next));
      eventuallyEverywhere(ORDERS, next);
    }

    // case 10
    @Test
    void all_names_of_a_process_go_and_no_other() {
      var other = a.spawn();
      a.names().register(ORDERS, other);
      var pid = a.spawn();
      var claims = new HashMap<ProcessName, Pid>();
      for (int i = 0; i < 1_000; i++) {
        claims.put(new ProcessName("n" + i), pid);
      }
      a.names().registerAll(claims);

      a.kill(pid);

      assertThat(a.names().names()).containsOnlyKeys(ORDERS);
      eventually(() -> assertThat(b.names().names()).containsOnlyKeys(ORDERS));
    }

    @Test
    void giving_up_is_for_the_owner_alone() {
      var pid = a.spawn();
      a.names().register(ORDERS, pid);

      assertThat(a.names().unregister(ORDERS, a.spawn())).isFalse();
      assertThat(a.names().whereis(ORDERS)).contains(pid);
      assertThat(a.names().unregister(ORDERS, pid)).isTrue();
      assertThat(a.names().whereis(ORDERS)).isEmpty();
      eventually(() -> assertThat(c.names().whereis(ORDERS)).isEmpty());
    }

    // case 4
    @Test
    void the_names_of_a_node_that_is_gone_are_free() {
      var pid = a.spawn();
      a.names().register(ORDERS, pid);
      eventuallyEverywhere(ORDERS, pid);

      cluster.crash(a);

      eventually(() -> assertThat(b.names().whereis(ORDERS)).isEmpty());
      var next = b.spawn();
      assertThat(b.names().register(ORDERS, next))
          .isEqualTo(new Registration.Registered(ORDERS, next));
    }
  }

  @Nested
  class HandOver {

    // case 2
    @Test
    void re_register_replaces_the_owner_and_lets_it_live() {
      var before = a.spawn();
      a.names().register(ORDERS, before);
      eventuallyEverywhere(ORDERS, before);
      var after = b.spawn();

      assertThat(b.names().reRegister(ORDERS, after))
          .isEqualTo(new Registration.Registered(ORDERS, after));

      eventuallyEverywhere(ORDERS, after);
      assertThat(a.system().isAlive(before)).isTrue();
      assertThat(b.names().conflicts()).isEmpty();
    }

    @Test
    void transfer_moves_the_name_whichever_node_asks() {
      for (var caller : List.of(a, b, c)) {
        var name = new ProcessName("moved-by-" + caller.node().id().name());
        var from = a.spawn();
        var to = b.spawn();
        a.names().register(name, from, Map.of("k", "v"));
        eventuallyEverywhere(name, from);

        assertThat(caller.names().transfer(name, from, to))
            .isEqualTo(new Registration.Registered(name, to));

        eventuallyEverywhere(name, to);
        var claim = b.names().claim(name).orElseThrow();
        assertThat(claim.epoch()).isEqualTo(2);
        assertThat(claim.metadata()).isEqualTo(Map.of("k", "v"));
      }
    }

    @Test
    void transfer_from_one_who_does_not_hold_the_name_is_refused_with_who_does() {
      var owner = a.spawn();
      a.names().register(ORDERS, owner);
      eventuallyEverywhere(ORDERS, owner);

      assertThat(b.names().transfer(ORDERS, a.spawn(), b.spawn()))
          .isEqualTo(new Registration.AlreadyRegistered(ORDERS, owner));
    }
  }

  @Nested
  class Watching {

    @Test
    void every_change_of_a_name_is_told_in_order() throws Exception {
      var events = new LinkedBlockingQueue<NameEvent>();
      try (var _ = c.names().watch(ORDERS, events::add)) {
        var first = a.spawn();
        a.names().register(ORDERS, first);
        var second = b.spawn();
        eventuallyEverywhere(ORDERS, first);
        b.names().reRegister(ORDERS, second);
        eventuallyEverywhere(ORDERS, second);
        b.kill(second);

        assertThat(events.poll(10, TimeUnit.SECONDS))
            .isEqualTo(new NameEvent.Registered(ORDERS, first));
        assertThat(events.poll(10, TimeUnit.SECONDS))
            .isEqualTo(new NameEvent.Moved(ORDERS, first, second));
        assertThat(events.poll(10, TimeUnit.SECONDS))
            .isEqualTo(new NameEvent.Unregistered(ORDERS, second));
      }
    }

    @Test
    void await_returns_the_owner_when_there_is_one() {
      var found = CompletableFuture.supplyAsync(() -> c.names().await(ORDERS, PATIENCE));

      var pid = a.spawn();
      a.names().register(ORDERS, pid);

      assertThat(found.join()).contains(pid);
    }

    @Test
    void await_returns_nothing_when_time_is_up() {
      assertThat(c.names().await(ORDERS, Duration.ofMillis(10))).isEmpty();
    }
  }

  @Nested
  class Send {

    // case 3
    @Test
    void a_message_reaches_the_owner_by_name() throws Exception {
      var received = new CompletableFuture<Object>();
      var pid = a.system().spawn(self -> received.complete(self.receive()));
      a.names().register(ORDERS, pid);

      assertThat(a.names().send(ORDERS, "hello")).isInstanceOf(SendResult.Delivered.class);

      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void an_unknown_name_is_told_to_the_sender() {
      assertThat(b.names().send(ORDERS, "hello"))
          .isEqualTo(
              new SendResult.NoSuchProcess(
                  new io.roster.core.identity.Named(ORDERS, new NodeName("b"))));
    }
  }

  @Nested
  class Heal {

    @Test
    void a_loser_can_trap_the_conflict_before_its_grace_is_over() throws Exception {
      var older = b.spawn();
      var heard = new CompletableFuture<Object>();
      cluster.split(a);
      eventually(() -> assertThat(a.names().report().join().copies()).isEmpty());
      b.names().register(ORDERS, older);
      var newer =
          a.system()
              .spawn(
                  self -> {
                    self.trapExits(true);
                    heard.complete(self.receive());
                    self.receive();
                  });
      // One arbiter stands for both sides here: the other side's claim is not known to be over.
      store.forget();
      assertThat(a.names().register(ORDERS, newer)).isInstanceOf(Registration.Registered.class);

      cluster.heal();

      assertThat(String.valueOf(heard.get(20, TimeUnit.SECONDS))).contains("NameConflict");
      eventuallyEverywhere(ORDERS, older);
      eventually(() -> assertThat(a.system().isAlive(newer)).isFalse());
      eventually(
          () -> {
            for (var node : cluster.nodes()) {
              assertThat(node.names().conflicts())
                  .singleElement()
                  .satisfies(conflict -> assertThat(conflict.loser().owner()).isEqualTo(newer));
            }
          });
    }
  }

  @Test
  void pids_of_an_unknown_node_are_never_found() {
    assertThat(a.names().whereis(new ProcessName("nobody"))).isEmpty();
    assertThat(a.names().self()).isEqualTo(new NodeId(new NodeName("a"), 1));
  }
}
