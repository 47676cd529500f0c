package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What partitions by pid are for. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DuplicatePartitionsTest {

  private static final int PARTITIONS = 4;

  @RegisterExtension final LocalNode node = new LocalNode();

  private ProcessSystem system() {
    return node.system();
  }

  private Pid forever() {
    return node.forever();
  }

  /** A process of that partition. */
  private Pid inPartition(DuplicateRegistry<?, ?> registry, int wanted) {
    return Stream.generate(this::forever)
        .limit(1_000)
        .filter(pid -> registry.partitionOf(pid) == wanted)
        .findFirst()
        .orElseThrow();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(LocalNode.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** All are the same key, one of which holds up whoever compares it: within a step of the key. */
  private record Hot(boolean slow, CountDownLatch compared, CountDownLatch goOn) {

    @Override
    public boolean equals(Object other) {
      if (slow) {
        compared.countDown();
        awaitQuietly(goOn);
      }
      return other instanceof Hot;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  void who_joins_a_key_does_not_wait_for_who_joins_it_in_another_partition() {
    var registry = DuplicateRegistry.<Hot, Integer>partitionedByPid(system(), PARTITIONS);
    var key = new Hot(false, new CountDownLatch(1), new CountDownLatch(1));
    var slow = new Hot(true, key.compared, key.goOn);
    registry.register(key, inPartition(registry, 0), 0);
    Pid held = inPartition(registry, 0);
    Pid free = inPartition(registry, 1);
    var joined = new Probe<Pid>();
    Thread.ofPlatform()
        .daemon(true)
        .start(
            () -> {
              registry.register(slow, held, 1);
              joined.put(held);
            });
    awaitQuietly(key.compared);

    Thread.ofPlatform()
        .daemon(true)
        .start(
            () -> {
              registry.register(key, free, 2);
              joined.put(free);
            });

    assertThat(joined.next()).isEqualTo(free);
    key.goOn.countDown();
    assertThat(joined.next()).isEqualTo(held);
    assertThat(registry.count(key)).isEqualTo(3);
  }

  @Test
  void a_parallel_dispatch_runs_the_partitions_side_by_side() {
    var registry = DuplicateRegistry.<String, Integer>partitionedByPid(system(), PARTITIONS);
    IntStream.range(0, PARTITIONS)
        .forEach(i -> registry.register("t", inPartition(registry, i), i));
    var all = new CountDownLatch(PARTITIONS);
    var met = new Probe<Integer>();

    registry.dispatchInParallel(
        "t",
        match -> {
          all.countDown();
          awaitQuietly(all);
          met.put(match.value());
        });

    assertThat(met.all()).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void processes_spread_evenly_over_any_number_of_partitions() {
    for (int partitions : new int[] {3, 8}) {
      var registry = DuplicateRegistry.<String, Integer>partitionedByPid(system(), partitions);

      Map<Integer, Long> sizes =
          IntStream.range(0, 1_000)
              .mapToObj(i -> new Pid(system().node(), 5_000L + i))
              .map(registry::partitionOf)
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

      assertThat(sizes).hasSize(partitions);
      assertThat(sizes.values()).allMatch(size -> Math.abs(size * partitions - 1_000) < 100);
    }
  }

  @Test
  void a_number_of_partitions_out_of_bounds_is_refused() {
    for (int partitions : new int[] {0, 1_025}) {
      assertThatThrownBy(() -> DuplicateRegistry.partitionedByPid(system(), partitions))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got: " + partitions);
    }
  }
}
