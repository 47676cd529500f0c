package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever the number of partitions. */
@Timeout(60)
@ParameterizedClass(name = "{0} partitions by pid")
@ValueSource(ints = {1, 4})
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DuplicateRegistryTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final DuplicateRegistry<String, Integer> topics;

  DuplicateRegistryTest(int partitions) {
    topics = DuplicateRegistry.partitionedByPid(system(), partitions);
  }

  private ProcessSystem system() {
    return node.system();
  }

  private Pid forever() {
    return node.forever();
  }

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
  void every_value_under_every_key_counts_as_an_entry() {
    Pid first = forever();
    Pid second = forever();
    topics.register("a", first, 1);
    topics.register("a", first, 2);
    topics.register("a", second, 3);
    topics.register("b", second, 4);
    assertThat(topics.size()).isEqualTo(4);

    topics.unregister("a", first, value -> value == 1);
    assertThat(topics.size()).isEqualTo(3);
    topics.unregister("a", first);
    assertThat(topics.size()).isEqualTo(2);
    system().exit(second, ExitReason.killed());
    assertThat(topics.size()).isZero();
  }

  @Test
  void all_under_a_popular_key_are_found_counted_and_selected() {
    List<Pid> pids = Stream.generate(this::forever).limit(50).toList();
    pids.forEach(pid -> topics.register("t", pid, 1));
    topics.register("other", pids.getFirst(), 2);

    assertThat(topics.lookup("t")).extracting(Match::pid).containsExactlyInAnyOrderElementsOf(pids);
    assertThat(topics.count("t")).isEqualTo(50);
    assertThat(topics.select((_, value) -> value == 1)).hasSize(50);
    assertThat(topics.select((key, _) -> key.equals("other")))
        .containsExactly(new Match<>("other", pids.getFirst(), 2));

    pids.forEach(pid -> system().exit(pid, ExitReason.killed()));
    assertThat(topics.lookup("t")).isEmpty();
    assertThat(topics.count("t")).isZero();
  }

  @Test
  void a_lock_of_a_key_is_held_by_one_at_a_time() throws InterruptedException {
    var entered = new AtomicBoolean();
    Thread other =
        Thread.ofPlatform()
            .daemon(true)
            .unstarted(() -> entered.set(topics.locked("t", () -> true)));

    boolean alone =
        topics.locked(
            "t",
            () -> {
              other.start();
              LocalNode.eventually(
                  "the other waits, or is past the lock",
                  () ->
                      other.getState() == Thread.State.WAITING
                          || other.getState() == Thread.State.TERMINATED);
              return !entered.get();
            });

    other.join();
    assertThat(alone).isTrue();
    assertThat(entered).isTrue();
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
}
