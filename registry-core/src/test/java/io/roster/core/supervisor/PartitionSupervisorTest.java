package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.server.Agent;
import io.roster.core.server.CallResult;
import io.roster.core.server.Init;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Event;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.lang.Thread.State;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PartitionSupervisorTest { // case 108

  @RegisterExtension final LocalNode node = new LocalNode();

  private final Probe<Event> events = new Probe<>();

  private PartitionSupervisorRef start(int partitions) {
    return node.system()
        .start(
            PartitionSupervisor.of(i -> new TestWorker(String.valueOf(i), events))
                .withPartitions(partitions));
  }

  @Test
  void there_is_one_partition_for_each_processor_unless_told_otherwise() {
    PartitionSupervisorRef ref =
        node.system().start(PartitionSupervisor.of(_ -> Agent.of(() -> 0)));

    assertThat(ref.partitions()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(ref.supervisor().counts().active()).isEqualTo(ref.partitions());
  }

  @Test
  void an_integer_leads_to_its_absolute_value_modulo_the_partitions() {
    PartitionSupervisorRef ref = start(4);

    assertThat(ref.partitionOf(6)).isEqualTo(2);
    assertThat(ref.partitionOf(-6)).isEqualTo(2);
    assertThat(ref.partitionOf(Integer.MIN_VALUE)).isZero();
    assertThat(ref.partitionOf(Long.MIN_VALUE + 1)).isEqualTo(3);
  }

  @Test
  void an_integer_leads_to_the_same_partition_whatever_its_type() {
    PartitionSupervisorRef ref = start(5);

    for (int i = -8; i <= 8; i++) {
      int partition = Math.abs(i) % 5;
      assertThat(
              Stream.of(i, (long) i, (short) i, (byte) i, BigInteger.valueOf(i))
                  .map(ref::partitionOf))
          .as("partition of %s", i)
          .containsOnly(partition);
    }
    BigInteger huge = BigInteger.TEN.pow(30).add(BigInteger.TWO);
    assertThat(ref.partitionOf(huge)).isEqualTo(2);
    assertThat(ref.partitionOf(huge.negate())).isEqualTo(2);
  }

  @Test
  void the_same_key_leads_to_the_same_child_and_all_children_are_used() {
    PartitionSupervisorRef ref = start(4);
    var used = new HashSet<Pid>();

    for (int i = 0; i < 1_000; i++) {
      Pid pid = ref.whereis("key-" + i).orElseThrow();
      assertThat(ref.whereis("key-" + i)).contains(pid);
      used.add(pid);
    }

    assertThat(used).hasSize(4);
  }

  @Test
  void a_restarted_partition_leaves_the_others_alone_and_is_found_again() {
    PartitionSupervisorRef ref = start(2);
    events.next(2);
    Pid other = ref.whereis(1).orElseThrow();

    node.system().exit(ref.whereis(0).orElseThrow(), ExitReason.killed());
    TestWorker.Began again = (TestWorker.Began) events.next();

    assertThat(again.id()).isEqualTo("0");
    assertThat(ref.whereis(0)).contains(again.pid());
    assertThat(ref.whereis(1)).contains(other);
  }

  @Test
  void fewer_partitions_stop_children_and_more_start_them_again() {
    PartitionSupervisorRef ref = start(3);

    assertThat(ref.resize(1)).isEqualTo(new ResizeResult.Resized(1));
    assertThat(ref.supervisor().counts().active()).isOne();
    assertThat(ref.partitionOf(5)).isZero();
    assertThat(ref.resize(3)).isEqualTo(new ResizeResult.Resized(3));

    assertThat(ref.supervisor().counts().active()).isEqualTo(3);
    assertThatThrownBy(() -> ref.resize(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 0 to 3 partitions, got: 4");
  }

  @Test
  void a_partition_that_does_not_start_leaves_everything_as_it_was() {
    var fails = new AtomicBoolean();
    PartitionSupervisorRef ref =
        node.system()
            .start(
                PartitionSupervisor.of(
                        i ->
                            Agent.of(
                                () -> {
                                  if (i == 2 && fails.get()) {
                                    throw new IllegalStateException("no");
                                  }
                                  return i;
                                }))
                    .withPartitions(4));
    ref.resize(1);

    fails.set(true);
    assertThat(ref.resize(4))
        .isInstanceOfSatisfying(
            ResizeResult.NotStarted.class,
            failed -> {
              assertThat(failed.partition()).isEqualTo(2);
              assertThat(failed.why()).isInstanceOf(ChildResult.Failed.class);
            });
    assertThat(ref.partitions()).isOne();
    assertThat(ref.supervisor().counts().active()).isOne();

    fails.set(false);
    assertThat(ref.resize(4)).isEqualTo(new ResizeResult.Resized(4));
    assertThat(ref.supervisor().counts().active()).isEqualTo(4);
  }

  /** Partitions of which the second starts when it is let, once that is asked for. */
  private final class SlowStart {

    final AtomicBoolean slow = new AtomicBoolean();
    final Probe<Integer> starting = new Probe<>();
    final CountDownLatch go = new CountDownLatch(1);
    final PartitionSupervisorRef ref =
        node.system()
            .start(PartitionSupervisor.of(i -> Agent.of(() -> begin(i))).withPartitions(3));

    SlowStart() {
      ref.resize(1);
      slow.set(true);
    }

    private int begin(int partition) {
      if (partition == 1 && slow.get()) {
        starting.put(partition);
        try {
          go.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException("interrupted", e);
        }
      }
      return partition;
    }
  }

  @Test
  void a_new_partition_is_used_when_it_runs() {
    var slow = new SlowStart();
    var resized = new Probe<ResizeResult>();
    node.system().spawn(_ -> resized.put(slow.ref.resize(2)));
    slow.starting.next();

    assertThat(slow.ref.partitions()).isOne();
    assertThat(slow.ref.whereis(1)).isPresent().isEqualTo(slow.ref.whereis(0));
    slow.go.countDown();

    assertThat(resized.next()).isEqualTo(new ResizeResult.Resized(2));
    assertThat(slow.ref.whereis(1)).isPresent().isNotEqualTo(slow.ref.whereis(0));
  }

  @Test
  void a_resize_waits_for_the_one_before() throws InterruptedException {
    var slow = new SlowStart();
    var first = new Probe<ResizeResult>();
    node.system().spawn(_ -> first.put(slow.ref.resize(3)));
    slow.starting.next();
    Thread second = Thread.ofVirtual().start(() -> slow.ref.resize(2));
    awaitBlocked(second);

    slow.go.countDown();
    assertThat(second.join(LocalNode.DEADLINE)).isTrue();

    assertThat(first.next()).isEqualTo(new ResizeResult.Resized(3));
    assertThat(slow.ref.partitions()).isEqualTo(2);
    assertThat(slow.ref.supervisor().counts().active()).isEqualTo(2);
  }

  @Test
  void what_a_resize_has_left_that_was_ended_is_put_right_by_the_next() {
    var slow = new SlowStart();
    Pid ended = node.system().spawn(_ -> slow.ref.resize(2));
    slow.starting.next();
    node.system().exit(ended, ExitReason.killed());
    assertThat(slow.ref.partitions()).isOne();
    slow.go.countDown();

    assertThat(slow.ref.resize(1)).isEqualTo(new ResizeResult.Resized(1));

    assertThat(slow.ref.supervisor().counts().active()).isOne();
  }

  @Test
  void a_partition_that_is_still_being_stopped_is_started_when_that_is_over() throws Exception {
    PartitionSupervisorRef ref =
        node.system()
            .start(
                PartitionSupervisor.of(i -> new TestWorker("" + i, events, true, () -> Init.ok("")))
                    .withPartitions(2));
    var release = new AtomicBoolean();
    ref.<TestWorker.Message>ref(1).cast(new TestWorker.Block(release));
    Pid ended = node.system().spawn(_ -> ref.resize(1));
    LocalNode.eventually(
        "it is being stopped",
        () -> ref.supervisor().child("1").orElseThrow().status() == ChildInfo.Status.STOPPING);
    node.system().exit(ended, ExitReason.killed());

    Thread next = Thread.ofVirtual().start(() -> ref.resize(2));
    awaitBlocked(next);
    release.set(true);
    assertThat(next.join(LocalNode.DEADLINE)).isTrue();

    assertThat(ref.partitions()).isEqualTo(2);
    assertThat(ref.supervisor().counts().active()).isEqualTo(2);
  }

  private static void awaitBlocked(Thread thread) {
    LocalNode.eventually(
        "it waits", () -> Set.of(State.WAITING, State.TERMINATED).contains(thread.getState()));
  }

  @Test
  void with_no_partitions_there_is_nowhere_to_go() {
    PartitionSupervisorRef ref = start(2);
    ServerRef<TestWorker.Message> before = ref.ref(0);

    ref.resize(0);

    assertThatThrownBy(() -> ref.ref(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected one partition or more, got: 0");
    CallResult<Object> result = before.call(_ -> new TestWorker.Crash(), LocalNode.DEADLINE);
    assertThat(result).isInstanceOf(CallResult.Failed.class);
  }

  @Test
  void a_supervisor_without_partitions_is_refused() {
    assertThatThrownBy(() -> PartitionSupervisor.of(_ -> Agent.of(() -> 0)).withPartitions(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected partitions greater than zero, got: 0");
  }
}
