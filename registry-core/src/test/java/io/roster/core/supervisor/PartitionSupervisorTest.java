package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.server.Agent;
import io.roster.core.server.CallResult;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Event;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.HashSet;
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

    ref.resize(1);
    assertThat(ref.supervisor().counts().active()).isOne();
    assertThat(ref.partitionOf(5)).isZero();
    ref.resize(3);

    assertThat(ref.supervisor().counts().active()).isEqualTo(3);
    assertThatThrownBy(() -> ref.resize(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 0 to 3 partitions, got: 4");
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
