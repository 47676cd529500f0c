package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Waits for keys. */
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
}
