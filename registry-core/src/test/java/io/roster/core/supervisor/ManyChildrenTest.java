package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a child costs its supervisor is the same however many siblings it has. Counted, not timed:
 * the messages that the supervisor takes and the children that it walks past. Case 104.
 */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManyChildrenTest extends SupervisorCase {

  private static final int MANY = 20_000;

  private Children childrenOf(Pid supervisor) {
    return ((Supervision) node.system().state(supervisor, LONG).orElseThrow()).children();
  }

  /** How many messages it has taken; after all that were sent to it before this was asked. */
  private long taken(Pid supervisor) {
    assertThat(node.system().state(supervisor, LONG)).isPresent();
    return node.system().info(supervisor).orElseThrow().handled();
  }

  private List<ChildSpec> workers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> worker("w" + i).withRestart(Restart.TRANSIENT))
        .toList();
  }

  @ParameterizedTest(name = "dynamic: {0}, of {1}")
  @CsvSource({"false, 10", "false, 1000", "true, 10", "true, 1000"})
  void a_child_starts_and_ends_without_a_look_at_the_others(boolean dynamic, int count) {
    EitherSupervisor supervisor = start(dynamic);
    Children children = childrenOf(supervisor.pid());
    long before = taken(supervisor.pid());

    List<Pid> started =
        workers(count).stream().map(each -> supervisor.startChild(each).orElseThrow()).toList();
    long afterStart = taken(supervisor.pid());
    started.forEach(each -> node.system().exit(each, ExitReason.shutdown()));
    long afterEnd = taken(supervisor.pid());

    // The last message of each difference is the question itself.
    assertThat(afterStart - before - 1).as("a request each").isEqualTo(count);
    assertThat(afterEnd - afterStart - 1).as("link and watch each").isEqualTo(2L * count);
    assertThat(children.walked()).isZero();
  }

  @ParameterizedTest(name = "dynamic: {0}, of {1}")
  @CsvSource({"false, 10", "false, 1000", "true, 10", "true, 1000"})
  void a_child_is_terminated_without_a_look_at_the_others(boolean dynamic, int count) {
    EitherSupervisor supervisor = start(dynamic);
    workers(count).forEach(supervisor::startChild);
    List<ChildInfo> started = supervisor.children();
    Children children = childrenOf(supervisor.pid());
    long walked = children.walked();
    long before = taken(supervisor.pid());

    assertThat(started.stream().map(supervisor.terminate())).containsOnly(new ChildResult.Done());

    assertThat(taken(supervisor.pid()) - before - 1)
        .as("request, link and watch each")
        .isEqualTo(3L * count);
    assertThat(children.walked()).isEqualTo(walked);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000})
  void a_tree_is_walked_once_when_it_stops(int count) {
    SupervisorRef supervisor = start(Supervisor.of(RestartStrategy.ONE_FOR_ONE, workers(count)));
    Children children = childrenOf(supervisor.pid().orElseThrow());
    assertThat(children.walked()).isZero();

    assertThat(supervisor.stop(LONG)).contains(ExitReason.shutdown());

    assertThat(children.walked()).isEqualTo(count);
  }

  @Test
  void many_children_start_and_stop() {
    SupervisorRef supervisor = start(Supervisor.of(RestartStrategy.ONE_FOR_ONE, workers(MANY)));

    assertThat(supervisor.counts().active()).isEqualTo(MANY);
    assertThat(supervisor.stop(LONG)).contains(ExitReason.shutdown());
  }
}
