package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Waits for keys, and locks on them. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistryWaitsTest {

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
}
