package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.server.Agent;
import io.roster.core.server.CallException;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.task.TaskResult;
import io.roster.core.task.TaskSupervisor;
import io.roster.core.task.TaskSupervisorRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a tree has started is used by its name, before and after a restart. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NamedInTreeTest {

  private static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final LocalNode node = new LocalNode();

  private final ProcessName name = new ProcessName("x");

  private ProcessSystem system() {
    return node.system();
  }

  private Named named() {
    return new Named(name, system().node().name());
  }

  private Via via() {
    return new Via(system().names(), name);
  }

  private void kill(Supplier<Optional<Pid>> holder) {
    Pid before = holder.get().orElseThrow();
    system().exit(before, ExitReason.killed());
    LocalNode.eventually(
        "it is there again", () -> holder.get().filter(pid -> !pid.equals(before)).isPresent());
  }

  @Test
  void a_task_supervisor_is_used_by_its_name_also_after_a_restart() {
    system()
        .start(Supervisor.oneForOne(ChildSpec.supervisor("t", TaskSupervisor::create).named("x")));

    for (TaskSupervisorRef tasks :
        List.of(TaskSupervisorRef.of(system(), named()), TaskSupervisorRef.of(system(), via()))) {
      assertThat(tasks.async(() -> 1).await(LONG)).isEqualTo(new TaskResult.Done<>(1));
      kill(() -> tasks.supervisor().pid());
      assertThat(tasks.async(() -> 2).await(LONG)).isEqualTo(new TaskResult.Done<>(2));
    }
  }

  @Test
  void a_task_supervisor_is_used_by_its_pid() {
    SupervisorRef tree =
        system().start(Supervisor.oneForOne(ChildSpec.supervisor("t", TaskSupervisor::create)));
    Pid pid = tree.child("t").flatMap(ChildInfo::pid).orElseThrow();

    assertThat(TaskSupervisorRef.of(system(), pid).async(() -> 1).await(LONG))
        .isEqualTo(new TaskResult.Done<>(1));
  }

  @Test
  void an_agent_is_used_by_its_name_also_after_a_restart() {
    system().start(Supervisor.oneForOne(ChildSpec.worker("a", () -> Agent.of(() -> 0)).named("x")));

    for (Agent.Handle<Integer> agent :
        List.of(
            Agent.Handle.<Integer>of(system(), named()),
            Agent.Handle.<Integer>of(system(), via()))) {
      int one = agent.update(value -> value + 1, LONG).orElseThrow();
      assertThat(one).isOne();
      kill(() -> agent.ref().pid());
      int zero = agent.get(value -> value, LONG).orElseThrow();
      assertThat(zero).isZero();
    }
  }

  @Test
  void an_agent_is_used_by_its_pid() {
    SupervisorRef tree =
        system().start(Supervisor.oneForOne(ChildSpec.worker("a", () -> Agent.of(() -> 7))));
    Pid pid = tree.child("a").flatMap(ChildInfo::pid).orElseThrow();

    int seven = Agent.Handle.<Integer>of(system(), pid).get(value -> value, LONG).orElseThrow();
    assertThat(seven).isEqualTo(7);
  }

  @Test
  void a_partition_supervisor_is_used_by_its_name_also_after_a_restart() {
    system().start(Supervisor.oneForOne(partitions().named("x")));

    for (PartitionSupervisorRef ref :
        List.of(
            PartitionSupervisorRef.of(system(), named()),
            PartitionSupervisorRef.of(system(), via()))) {
      assertThat(valueOf(ref, 4)).isEqualTo(1);
      ref.resize(2);
      assertThat(PartitionSupervisorRef.of(system(), named()).partitions()).isEqualTo(2);
      kill(() -> ref.supervisor().pid());
      assertThat(ref.partitions()).isEqualTo(3);
      assertThat(valueOf(ref, 4)).isEqualTo(1);
    }
  }

  private ChildSpec partitions() {
    return ChildSpec.supervisor(
        "p", () -> PartitionSupervisor.of(i -> Agent.of(() -> i)).withPartitions(3));
  }

  private int valueOf(PartitionSupervisorRef partitions, Object key) {
    Pid pid = partitions.ref(key).pid().orElseThrow();
    return Agent.Handle.<Integer>of(system(), pid).get(value -> value, LONG).orElseThrow();
  }

  @Test
  void a_partition_supervisor_is_used_by_its_pid() {
    SupervisorRef tree = system().start(Supervisor.oneForOne(partitions()));
    Pid pid = tree.child("p").flatMap(ChildInfo::pid).orElseThrow();

    PartitionSupervisorRef ref = PartitionSupervisorRef.of(system(), pid);

    assertThat(ref.partitions()).isEqualTo(3);
    assertThat(valueOf(ref, 5)).isEqualTo(2);
  }

  @Test
  void another_supervisor_is_refused_as_one_of_partitions() {
    system().start(Supervisor.oneForOne(), StartOptions.named("x"));

    PartitionSupervisorRef ref = PartitionSupervisorRef.of(system(), named());

    assertThatThrownBy(ref::partitions)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected a partition supervisor, got: supervisor ");
  }

  @Test
  void a_partition_supervisor_that_is_not_there_is_missed() {
    PartitionSupervisorRef ref = PartitionSupervisorRef.of(system(), named());

    assertThatThrownBy(() -> ref.ref(1)).isInstanceOf(CallException.class);
  }
}
