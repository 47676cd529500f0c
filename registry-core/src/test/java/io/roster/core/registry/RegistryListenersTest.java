package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.registry.UniqueRegistry.Claim;
import io.roster.core.signal.ExitReason;
import io.roster.core.stress.Race;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistryListenersTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final UniqueRegistry<String, Integer> registry = new UniqueRegistry<>(system());

  private final DuplicateRegistry<String, Integer> topics = new DuplicateRegistry<>(system());

  private ProcessSystem system() {
    return node.system();
  }

  private Pid forever() {
    return node.forever();
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
    var race = new Race();
    var events = new Events();
    registry.listen(events);
    for (int i = 0; i < race.rounds(); i++) {
      int value = i;
      Pid holder = forever();
      var held = new AtomicBoolean();

      race.run(
          () -> held.set(registry.register("k", holder, value) instanceof Claim.Held),
          () -> system().exit(holder, ExitReason.killed()));

      List<String> expected = held.get() ? List.of("+k=" + i, "-k") : List.of();
      assertThat(events.seen.next(expected.size())).as("%s", race).isEqualTo(expected);
      assertThat(events.seen.isEmpty()).as("nothing more, %s", race).isTrue();
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
  void a_listener_hears_of_coming_and_going() {
    var events = new Events();
    topics.listen(events);
    Pid pid = forever();

    topics.register("t", pid, 1);
    topics.unregister("t", pid);

    assertThat(events.seen.next(2)).containsExactly("+t=1", "-t");
  }
}
