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
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistryTest {

  private static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final LocalNode node = new LocalNode();

  private ProcessSystem system() {
    return node.system();
  }

  private Pid forever() {
    return system()
        .spawn(
            self -> {
              while (true) {
                self.receive();
              }
            });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static void joinQuietly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Notes what it hears as text. */
  private static final class Events implements RegistryListener<String, Integer> {

    private final Probe<String> seen = new Probe<>();

    @Override
    public void registered(String key, Pid pid, Integer value) {
      seen.put("+" + key + "=" + value);
    }

    @Override
    public void unregistered(String key, Pid pid) {
      seen.put("-" + key);
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Unique {

    private final UniqueRegistry<String, Integer> registry = new UniqueRegistry<>(system());

    @Test
    void a_key_has_one_holder() {
      Pid first = forever();
      assertThat(registry.register("k", first, 1)).isEqualTo(new Claim.Held());

      assertThat(registry.register("k", forever(), 2))
          .isEqualTo(new Claim.AlreadyRegistered(first));
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
    void listeners_hear_of_a_claim_before_its_end() { // case 126
      var events = new Events();
      registry.listen(events);
      Pid holder = forever();

      registry.register("k", holder, 1);
      system().exit(holder, ExitReason.killed());

      assertThat(events.seen.next(2)).containsExactly("+k=1", "-k");
    }

    @Test
    void listeners_hear_of_every_claim_once_and_in_order_whatever_dies_meanwhile() { // case 126
      long seed = Long.getLong("stress.seed", System.nanoTime());
      var events = new Events();
      registry.listen(events);
      for (int i = 0; i < 200; i++) {
        Pid holder = forever();
        var go = new CountDownLatch(1);
        Thread killer =
            Thread.startVirtualThread(
                () -> {
                  go.countDown();
                  system().exit(holder, ExitReason.killed());
                });
        awaitQuietly(go);
        boolean held = registry.register("k", holder, i) instanceof Claim.Held;
        joinQuietly(killer);

        List<String> expected = held ? List.of("+k=" + i, "-k") : List.of();
        assertThat(events.seen.next(expected.size())).as("seed " + seed).isEqualTo(expected);
        assertThat(events.seen.isEmpty()).as("nothing more").isTrue();
      }
    }

    @Test
    void an_end_during_an_announcement_is_told_after_it() { // case 126
      var ending = new Probe<Thread>();
      registry.listen(
          new RegistryListener<>() {
            @Override
            public void registered(String key, Pid pid, Integer value) {
              Thread killer =
                  Thread.ofPlatform()
                      .daemon(true)
                      .start(() -> system().exit(pid, ExitReason.killed()));
              ending.put(killer);
              LocalNode.eventually(
                  "the end is told, or waits to be",
                  () ->
                      !system().isAlive(pid)
                          && killer.getState() != Thread.State.RUNNABLE
                          && killer.getState() != Thread.State.NEW);
            }

            @Override
            public void unregistered(String key, Pid pid) {}
          });
      var events = new Events();
      registry.listen(events);

      registry.register("k", forever(), 1);
      joinQuietly(ending.next());

      assertThat(events.seen.next(2)).containsExactly("+k=1", "-k");
    }

    @Test
    void a_listener_that_throws_disturbs_no_registration() {
      registry.listen(
          new RegistryListener<>() {
            @Override
            public void registered(String key, Pid pid, Integer value) {
              throw new IllegalStateException("as told");
            }

            @Override
            public void unregistered(String key, Pid pid) {}
          });

      assertThat(registry.register("k", forever(), 1)).isEqualTo(new Claim.Held());
      assertThat(node.reports()).hasSize(1);
    }

    @Test
    void metadata_stays_with_the_registry() {
      registry.metadata().put("owner", "billing");

      assertThat(registry.metadata().get("owner", String.class)).contains("billing");
      assertThat(registry.metadata().remove("owner")).isTrue();
      assertThat(registry.metadata().get("owner", String.class)).isEmpty();
    }

    @Test
    void a_wait_that_is_over_or_killed_leaves_nothing() {
      assertThat(registry.await("k", Duration.ofNanos(1))).isEmpty();
      var waiting = new Probe<Boolean>();
      Pid waiter =
          system()
              .spawn(
                  _ -> {
                    waiting.put(true);
                    registry.await("k", LONG);
                  });
      waiting.next();

      system().exit(waiter, ExitReason.killed());

      LocalNode.eventually("nobody waits", () -> registry.waiting() == 0);
    }

    @Test
    void a_lock_that_nobody_uses_is_gone() { // case 126
      registry.locked("k", () -> "done");

      assertThat(registry.locksInUse()).isZero();
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
    void a_key_can_be_waited_for() {
      var waiting = new Probe<Boolean>();
      var found = new Probe<Optional<UniqueRegistry.Entry<Integer>>>();
      system()
          .spawn(
              _ -> {
                waiting.put(true);
                found.put(registry.await("k", LONG));
              });
      waiting.next();
      Pid holder = forever();

      registry.register("k", holder, 1);

      assertThat(found.next()).contains(new UniqueRegistry.Entry<>(holder, 1));
      assertThat(registry.await("other", Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void a_lock_is_held_by_one_at_a_time_for_each_key() { // case 126
      var inside = new AtomicInteger();
      var done = new Probe<Integer>();
      for (int i = 0; i < 50; i++) {
        system()
            .spawn(
                _ ->
                    registry.locked(
                        "k",
                        () -> {
                          done.put(inside.incrementAndGet());
                          inside.decrementAndGet();
                          return true;
                        }));
      }

      assertThat(done.next(50)).containsOnly(1);
    }

    @Test
    void a_lock_of_another_key_does_not_wait() { // case 126
      String inner = registry.locked("k", () -> registry.locked("other", () -> "inside"));

      assertThat(inner).isEqualTo("inside");
    }

    @Test
    void a_lock_is_let_go_by_a_holder_that_throws_or_is_killed() { // case 126
      var held = new Probe<Boolean>();
      Pid killed =
          system()
              .spawn(
                  self ->
                      registry.locked(
                          "k",
                          () -> {
                            held.put(true);
                            return self.receive();
                          }));
      held.next();
      var waited = new Probe<String>();
      Pid alsoKilled = system().spawn(_ -> waited.put(registry.locked("k", () -> "never")));
      system().spawn(_ -> waited.put(registry.locked("k", () -> "mine")));
      system().exit(alsoKilled, ExitReason.killed());

      system().exit(killed, ExitReason.killed());

      assertThat(waited.next()).isEqualTo("mine");
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

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Duplicate {

    private final DuplicateRegistry<String, Integer> topics = new DuplicateRegistry<>(system());

    @Test
    void many_stand_under_one_key_and_one_may_stand_there_twice() {
      Pid first = forever();
      Pid second = forever();
      topics.register("t", first, 1);
      topics.register("t", first, 2);
      topics.register("t", second, 3);

      assertThat(topics.lookup("t"))
          .containsExactlyInAnyOrder(
              new Match<>("t", first, 1), new Match<>("t", first, 2), new Match<>("t", second, 3));
      assertThat(topics.values("t", first)).containsExactly(1, 2);
      assertThat(topics.count("t")).isEqualTo(2);
    }

    @Test
    void leaving_takes_all_values_of_one_process() {
      Pid first = forever();
      topics.register("t", first, 1);
      topics.register("t", first, 2);

      assertThat(topics.unregister("t", first)).isTrue();

      assertThat(topics.unregister("t", first)).isFalse();
      assertThat(topics.lookup("t")).isEmpty();
      assertThat(topics.keys(first)).isEmpty();
    }

    @Test
    void a_process_that_ends_leaves_all_its_keys_before_anybody_hears() {
      node.inProcess(
          self -> {
            Pid other = forever();
            topics.register("a", other, 1);
            var child = self.spawnMonitor(ProcessContext::receive);
            topics.register("a", child.pid(), 1);
            topics.register("b", child.pid(), 1);

            self.exit(child.pid(), ExitReason.killed());
            self.receive(Signal.Down.class);

            assertThat(topics.lookup("a")).containsExactly(new Match<>("a", other, 1));
            assertThat(topics.lookup("b")).isEmpty();
          });
    }

    @Test
    void values_are_taken_away_one_by_one_and_the_key_with_the_last() {
      Pid pid = forever();
      topics.register("topic", pid, 1);
      topics.register("topic", pid, 2);

      assertThat(topics.unregister("topic", pid, value -> value == 1)).isOne();
      assertThat(topics.values("topic", pid)).containsExactly(2);
      assertThat(topics.unregister("topic", pid, value -> value == 2)).isOne();

      assertThat(topics.count("topic")).isZero();
      assertThat(topics.keys(pid)).isEmpty();
    }

    @Test
    void a_message_is_published_to_all_under_a_key() {
      var seen = new Probe<Object>();
      for (int i = 0; i < 3; i++) {
        Pid pid = system().spawn(self -> seen.put(self.receive()));
        topics.register("t", pid, i);
      }

      assertThat(topics.publish("t", "hello")).isEqualTo(3);
      assertThat(seen.next(3)).containsOnly("hello");
      assertThat(topics.publish("nobody", "hello")).isZero();
    }

    @Test
    void a_parallel_dispatch_reaches_all_whatever_one_throws() {
      Pid pid = forever();
      for (int i = 0; i < 1_000; i++) {
        topics.register("t", pid, i);
      }
      var reached = new AtomicInteger();

      topics.dispatchInParallel(
          "t",
          match -> {
            reached.incrementAndGet();
            if (match.value() == 500) {
              throw new IllegalStateException("one of them");
            }
          });

      assertThat(reached.get()).isEqualTo(1_000);
      assertThat(node.reports()).hasSize(1);
    }

    @Test
    void a_listener_hears_of_coming_and_going() {
      var events = new Events();
      topics.listen(events);
      Pid pid = forever();

      topics.register("t", pid, 1);
      topics.unregister("t", pid);

      assertThat(events.seen.next(2)).containsExactly("+t=1", "-t");
    }
  }

  /** A key whose holder ends just before it is entered. */
  private final class Fatal {

    private final Pid holder;
    private final AtomicInteger looks = new AtomicInteger();

    private Fatal(Pid holder) {
      this.holder = holder;
    }

    @Override
    public int hashCode() {
      // A note of a first key is found without a hash: the first look enters it.
      if (looks.incrementAndGet() == 1) {
        system().exit(holder, ExitReason.killed());
      }
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  @Test
  void a_process_that_ends_between_its_claim_and_the_entry_leaves_no_ghost() {
    var unique = new UniqueRegistry<Fatal, Boolean>(system());
    Pid first = forever();
    assertThat(unique.register(new Fatal(first), first, true)).isEqualTo(new Claim.NotAlive());
    assertThat(unique.size()).isZero();

    var duplicate = new DuplicateRegistry<Fatal, Boolean>(system());
    Pid second = forever();
    assertThat(duplicate.register(new Fatal(second), second, true)).isFalse();
    assertThat(duplicate.select((_, _) -> true)).isEmpty();
  }

  @Test
  void keys_of_one_process_registered_from_many_threads_all_end_with_it() {
    var registry = new UniqueRegistry<Integer, Boolean>(system());
    Pid holder = forever();
    var done = new Probe<Boolean>();
    for (int t = 0; t < 8; t++) {
      int base = t * 1_000;
      system()
          .spawn(
              _ -> {
                for (int i = 0; i < 500; i++) {
                  registry.register(base + i, holder, true);
                  registry.unregister(base + i, holder);
                  registry.register(base + i, holder, true);
                }
                done.put(true);
              });
    }
    done.next(8);
    assertThat(registry.size()).isEqualTo(4_000);
    assertThat(registry.keys(holder)).hasSize(4_000);

    system().exit(holder, ExitReason.killed());

    assertThat(registry.size()).isZero();
    assertThat(List.copyOf(registry.keys(holder))).isEqualTo(List.copyOf(Set.of()));
  }
}
