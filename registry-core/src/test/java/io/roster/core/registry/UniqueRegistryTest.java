package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.registry.UniqueRegistry.Claim;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UniqueRegistryTest {

  private static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final LocalNode node = new LocalNode();

  private final UniqueRegistry<String, Integer> registry = new UniqueRegistry<>(system());

  private ProcessSystem system() {
    return node.system();
  }

  private Pid forever() {
    return node.forever();
  }

  @Test
  void a_key_has_one_holder() {
    Pid first = forever();
    assertThat(registry.register("k", first, 1)).isEqualTo(new Claim.Held());

    assertThat(registry.register("k", forever(), 2)).isEqualTo(new Claim.AlreadyRegistered(first));
    assertThat(registry.register("k", first, 3)).isEqualTo(new Claim.AlreadyRegistered(first));
    assertThat(registry.lookup("k")).contains(new UniqueRegistry.Entry<>(first, 1));
    assertThat(registry.keys(first)).containsExactly("k");
  }

  @Test
  void a_refused_claim_does_not_cost_the_holder_its_own() {
    Pid first = forever();
    registry.register("k", first, 1);
    registry.register("k", first, 2);

    system().exit(first, ExitReason.killed());

    assertThat(registry.size()).isZero();
  }

  @Test
  void a_holder_that_ends_frees_its_keys_before_anybody_hears() {
    node.inProcess(
        self -> {
          for (int i = 0; i < 100; i++) {
            var child = self.spawnMonitor(ProcessContext::receive);
            registry.register("a", child.pid(), 1);
            registry.register("b", child.pid(), 2);
            self.exit(child.pid(), ExitReason.killed());
            self.receive(Signal.Down.class);
            assertThat(registry.size()).isZero();
          }
        });
  }

  @Test
  void a_dead_process_gets_no_key() {
    Pid dead = system().spawn(_ -> {});
    system().awaitExit(dead, LONG);

    assertThat(registry.register("k", dead, 1)).isEqualTo(new Claim.NotAlive());
    assertThat(registry.size()).isZero();
  }

  @Test
  void claims_against_deaths_leave_no_ghost() {
    for (int i = 0; i < 2_000; i++) {
      Pid pid = forever();
      var both = new CountDownLatch(2);
      system()
          .spawn(
              _ -> {
                system().exit(pid, ExitReason.killed());
                both.countDown();
              });
      system()
          .spawn(
              _ -> {
                registry.register("k", pid, 1);
                both.countDown();
              });
      LocalNode.eventually("both are done", () -> both.getCount() == 0);
      assertThat(registry.size()).as("round " + i).isZero();
    }
  }

  @Test
  void only_the_holder_gives_a_key_up() {
    Pid holder = forever();
    registry.register("k", holder, 1);

    assertThat(registry.unregister("k", forever())).isFalse();
    assertThat(registry.unregister("k", holder)).isTrue();
    assertThat(registry.lookup("k")).isEmpty();
    assertThat(registry.keys(holder)).isEmpty();
  }

  @Test
  void the_holder_changes_its_own_value() {
    Pid holder = forever();
    registry.register("k", holder, 1);

    assertThat(registry.updateValue("k", holder, v -> v + 1)).contains(2);
    assertThat(registry.updateValue("k", forever(), v -> v + 1)).isEmpty();
    assertThat(registry.lookup("k").map(UniqueRegistry.Entry::value)).contains(2);
  }

  @Test
  void a_selection_finds_what_it_asks_for() {
    Pid holder = forever();
    registry.register("a", holder, 1);
    registry.register("b", holder, 2);

    assertThat(registry.select((_, value) -> value > 1))
        .containsExactly(new Match<>("b", holder, 2));
  }

  @Test
  void metadata_stays_with_the_registry() {
    registry.metadata().put("owner", "billing");

    assertThat(registry.metadata().get("owner", String.class)).contains("billing");
    assertThat(registry.metadata().remove("owner")).isTrue();
    assertThat(registry.metadata().get("owner", String.class)).isEmpty();
  }

  @Test
  void a_key_is_given_away_in_one_step() {
    Pid from = forever();
    Pid to = forever();
    registry.register("k", from, 1);

    assertThat(registry.giveAway("k", to, from)).isFalse();
    assertThat(registry.giveAway("k", from, to)).isTrue();

    system().exit(from, ExitReason.killed());
    assertThat(registry.whereis("k")).contains(to);
    system().exit(to, ExitReason.killed());
    assertThat(registry.size()).isZero();
  }

  @Test
  void a_registry_of_names_serves_via() {
    NameRegistry names = UniqueRegistry.ofNames(system());
    var name = new ProcessName("orders");
    Pid holder = forever();

    assertThat(names.register(name, holder)).isEqualTo(new Registration.Registered(name, holder));
    assertThat(names.register(name, forever()))
        .isEqualTo(new Registration.AlreadyRegistered(name, holder));
    assertThat(new Via(names, name).registry().whereis(name)).contains(holder);
    assertThat(names.unregister(name, holder)).isTrue();
  }
}
