package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import io.roster.core.stress.Race;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lock for each key, which is gone when nobody uses it. Case 126. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistryLocksTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final UniqueRegistry<String, Integer> registry = new UniqueRegistry<>(system());

  private ProcessSystem system() {
    return node.system();
  }

  /** A dead process lets go when its code comes to its end, which may be a moment later. */
  @AfterEach
  void no_lock_is_left() {
    LocalNode.eventually("no lock is left", () -> registry.locksInUse() == 0);
  }

  /** A process that has the lock of {@code k} until it is let go. */
  private Pid holder(Probe<Boolean> release) {
    var held = new Probe<Boolean>();
    Pid holder =
        system()
            .spawn(
                _ ->
                    registry.locked(
                        "k",
                        () -> {
                          held.put(true);
                          return release.next();
                        }));
    held.next();
    return holder;
  }

  /** A process that waits for the lock of {@code k}, or is about to. */
  private Pid waiter(CompletableFuture<Thread> waiting, Probe<String> entered, String name) {
    return system()
        .spawn(
            _ -> {
              waiting.complete(Thread.currentThread());
              registry.locked(
                  "k",
                  () -> {
                    entered.put(name);
                    return name;
                  });
            });
  }

  private static void awaitParked(Thread thread) {
    LocalNode.eventually("it waits", () -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void a_lock_that_nobody_uses_is_gone() {
    assertThat(registry.locked("k", registry::locksInUse)).isOne();

    assertThat(registry.locksInUse()).isZero();
  }

  @Test
  void a_lock_is_held_by_one_at_a_time_for_each_key() {
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
  void a_lock_of_another_key_does_not_wait() {
    var release = new Probe<Boolean>();
    holder(release);

    assertThat(registry.locked("other", () -> "inside")).isEqualTo("inside");

    assertThat(registry.locksInUse()).isOne();
    release.put(true);
  }

  @Test
  void what_a_holder_throws_comes_out_unchanged_and_lets_go() {
    var exception = new IllegalStateException("no");
    var error = new AssertionError("neither");

    assertThatThrownBy(
            () ->
                registry.locked(
                    "k",
                    () -> {
                      throw exception;
                    }))
        .isSameAs(exception);
    assertThat(registry.locksInUse()).isZero();
    assertThatThrownBy(
            () ->
                registry.locked(
                    "k",
                    () ->
                        registry.locked(
                            "k",
                            () -> {
                              throw error;
                            })))
        .isSameAs(error);
    assertThat(registry.locksInUse()).isZero();
  }

  @Test
  void who_waits_for_a_holder_that_throws_comes_next() {
    var release = new Probe<Boolean>();
    var entered = new Probe<String>();
    var waiting = new CompletableFuture<Thread>();
    var held = new Probe<Boolean>();
    Pid thrower =
        system()
            .spawn(
                self ->
                    registry.locked(
                        "k",
                        () -> {
                          held.put(true);
                          release.next();
                          self.exit(new ExitReason.Crashed("as told"));
                          return true;
                        }));
    held.next();
    waiter(waiting, entered, "next");
    awaitParked(waiting.join());

    release.put(true);

    assertThat(entered.next()).isEqualTo("next");
    assertThat(system().awaitExit(thrower, LocalNode.DEADLINE)).isPresent();
  }

  @Test
  void a_lock_is_let_go_by_a_holder_that_is_killed() {
    var entered = new Probe<String>();
    var waiting = new CompletableFuture<Thread>();
    Pid killed = holder(new Probe<>());
    waiter(waiting, entered, "next");
    awaitParked(waiting.join());

    system().exit(killed, ExitReason.killed());

    assertThat(entered.next()).isEqualTo("next");
  }

  @Test
  void a_waiter_that_is_killed_never_enters_and_holds_up_nobody() {
    var release = new Probe<Boolean>();
    var entered = new Probe<String>();
    var waiting = new CompletableFuture<Thread>();
    holder(release);
    Pid killed = waiter(waiting, entered, "killed");
    awaitParked(waiting.join());
    var nextWaits = new CompletableFuture<Thread>();
    waiter(nextWaits, entered, "next");
    awaitParked(nextWaits.join());

    system().exit(killed, ExitReason.killed());
    release.put(true);

    assertThat(entered.next()).isEqualTo("next");
    assertThat(entered.isEmpty()).isTrue();
  }

  @Test
  void a_waiter_outside_any_process_that_is_interrupted_gives_up_and_stays_interrupted() {
    var release = new Probe<Boolean>();
    holder(release);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> registry.locked("k", () -> "never"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("interrupted while waiting for the lock of k");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(registry.locksInUse()).isOne();
    release.put(true);
  }

  @Test
  void a_waiter_may_die_at_the_moment_that_the_lock_is_let_go() {
    var race = new Race();
    for (int i = 0; i < race.rounds(); i++) {
      var release = new Probe<Boolean>();
      var entered = new Probe<String>();
      var waiting = new CompletableFuture<Thread>();
      holder(release);
      Pid waiter = waiter(waiting, entered, "waiter");
      Thread waits = waiting.join();
      if (race.random().nextBoolean()) {
        awaitParked(waits);
      }

      race.run(() -> release.put(true), () -> system().exit(waiter, ExitReason.killed()));

      assertThat(registry.locked("k", () -> "free")).as("%s", race).isEqualTo("free");
      LocalNode.eventually("no lock is left, " + race, () -> registry.locksInUse() == 0);
      assertThat(entered.all()).as("entered once at most, %s", race).hasSizeLessThan(2);
    }
  }
}
