package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.process.StartOptions;
import io.roster.core.process.StartResult;
import io.roster.core.server.CallException;
import io.roster.core.server.Init;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Ended;
import io.roster.core.supervisor.TestWorker.Event;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupervisorTest extends SupervisorCase {

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Start {

    @Test
    void children_start_in_order_and_stop_in_reverse() { // case 91
      SupervisorRef supervisor =
          start(Supervisor.oneForOne(trapping("a"), trapping("b"), trapping("c")));
      assertThat(events.next(3)).extracting(Event::id).containsExactly("a", "b", "c");

      Optional<ExitReason> end = supervisor.stop(LONG);

      assertThat(end).contains(ExitReason.shutdown());
      assertThat(events.next(3))
          .containsExactly(
              new Ended("c", ExitReason.shutdown()),
              new Ended("b", ExitReason.shutdown()),
              new Ended("a", ExitReason.shutdown()));
    }

    @Test
    void a_child_that_ignores_is_kept_without_a_process() { // case 88
      SupervisorRef supervisor =
          start(
              Supervisor.oneForOne(
                  worker("a"),
                  ChildSpec.worker("b", () -> new TestWorker("b", events, false, Init::ignore))));

      assertThat(supervisor.counts()).isEqualTo(new ChildCounts(2, 1, 0, 2));
      assertThat(supervisor.child("b").map(ChildInfo::status)).contains(ChildInfo.Status.DOWN);
    }

    @Test
    void a_temporary_child_that_ignores_is_forgotten() { // case 89
      SupervisorRef supervisor =
          start(
              Supervisor.oneForOne(
                  ChildSpec.worker("b", () -> new TestWorker("b", events, false, Init::ignore))
                      .withRestart(Restart.TEMPORARY)));

      assertThat(supervisor.children()).isEmpty();
    }

    @Test
    void a_child_that_cannot_start_fails_the_supervisor_and_stops_the_others() { // case 90
      StartResult<SupervisorRef> result =
          node.system()
              .tryStart(
                  Supervisor.oneForOne(
                      trapping("a"),
                      ChildSpec.worker(
                          "b", () -> new TestWorker("b", events, false, () -> Init.stop(BOOM))),
                      worker("c")),
                  StartOptions.DEFAULT);

      assertThat(result)
          .isEqualTo(
              new StartResult.Failed<SupervisorRef>(
                  new ExitReason.Shutdown("failed to start child b: " + BOOM)));
      assertThat(events.next(2)).last().isEqualTo(new Ended("a", ExitReason.shutdown()));
      assertThat(node.system().processes()).isEmpty();
    }

    @Test
    void ids_must_differ() {
      assertThatThrownBy(() -> Supervisor.oneForOne(worker("a"), worker("a")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected child ids that differ, got twice: a");
    }

    @Test
    void a_permanent_child_cannot_be_significant() {
      assertThatThrownBy(() -> worker("a").significant(Restart.PERMANENT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected a significant child to be TRANSIENT or TEMPORARY, got: PERMANENT");
    }

    @Test
    void a_significant_child_needs_auto_shutdown() {
      Supervisor supervisor = Supervisor.oneForOne(worker("a").significant(Restart.TRANSIENT));

      assertThatThrownBy(() -> start(supervisor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("auto shutdown NEVER, got: a");
      SupervisorRef running = start(Supervisor.oneForOne());
      assertThat(running.startChild(worker("a").significant(Restart.TEMPORARY)))
          .isInstanceOf(ChildResult.BadSpec.class);
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Administration { // case 94

    @Test
    void a_taken_id_is_refused_with_the_present_pid() {
      SupervisorRef supervisor = start(Supervisor.oneForOne(worker("a")));

      assertThat(supervisor.startChild(worker("a")))
          .isEqualTo(new ChildResult.AlreadyStarted(pid(supervisor, "a")));
    }

    @Test
    void a_terminated_child_keeps_its_specification() {
      SupervisorRef supervisor = start(Supervisor.oneForOne(worker("a")));
      Pid pid = pid(supervisor, "a");

      assertThat(supervisor.terminateChild("a")).isEqualTo(new ChildResult.Done());

      assertThat(node.system().isAlive(pid)).isFalse();
      assertThat(supervisor.startChild(worker("a"))).isEqualTo(new ChildResult.AlreadyPresent());
      assertThat(supervisor.terminateChild("a")).isEqualTo(new ChildResult.Done());
      assertThat(supervisor.restartChild("a")).isInstanceOf(ChildResult.Started.class);
      assertThat(supervisor.restartChild("a")).isEqualTo(new ChildResult.Running());
      assertThat(supervisor.deleteChild("a")).isEqualTo(new ChildResult.Running());
    }

    @Test
    void a_deleted_child_is_gone() {
      SupervisorRef supervisor = start(Supervisor.oneForOne(worker("a")));
      supervisor.terminateChild("a");

      assertThat(supervisor.deleteChild("a")).isEqualTo(new ChildResult.Done());

      assertThat(supervisor.deleteChild("a")).isEqualTo(new ChildResult.NotFound());
      assertThat(supervisor.restartChild("a")).isEqualTo(new ChildResult.NotFound());
      assertThat(supervisor.terminateChild("a")).isEqualTo(new ChildResult.NotFound());
      assertThat(supervisor.children()).isEmpty();
    }

    @Test
    void a_terminated_temporary_child_is_forgotten() {
      SupervisorRef supervisor =
          start(Supervisor.oneForOne(worker("a").withRestart(Restart.TEMPORARY)));

      supervisor.terminateChild("a");

      assertThat(supervisor.counts()).isEqualTo(new ChildCounts(0, 0, 0, 0));
    }

    @Test
    void a_child_that_cannot_start_is_not_added() {
      SupervisorRef supervisor = start(Supervisor.oneForOne());

      ChildResult result =
          supervisor.startChild(
              ChildSpec.worker(
                  "a", () -> new TestWorker("a", events, false, () -> Init.stop(BOOM))));

      assertThat(result).isEqualTo(new ChildResult.Failed(BOOM));
      assertThat(supervisor.children()).isEmpty();
    }

    @Test
    void a_supervisor_that_is_gone_says_so() {
      SupervisorRef supervisor = start(Supervisor.oneForOne());
      supervisor.stop(LONG);

      assertThatThrownBy(supervisor::counts).isInstanceOf(CallException.class);
    }

    @Test
    void a_slow_start_of_one_child_holds_up_no_other() {
      var go = new Probe<Boolean>();
      SupervisorRef supervisor = start(Supervisor.oneForOne());
      var slow = new Probe<ChildResult>();
      node.system()
          .spawn(
              _ ->
                  slow.put(
                      supervisor.startChild(
                          ChildSpec.worker(
                              "slow",
                              () ->
                                  new TestWorker(
                                      "slow",
                                      events,
                                      false,
                                      () -> {
                                        go.next();
                                        return Init.ok("slow");
                                      })))));

      LocalNode.eventually("it starts", () -> supervisor.child("slow").isPresent());
      assertThat(supervisor.startChild(worker("fast"))).isInstanceOf(ChildResult.Started.class);
      assertThat(supervisor.child("slow").map(ChildInfo::status))
          .contains(ChildInfo.Status.STARTING);

      go.put(true);
      assertThat(slow.next()).isInstanceOf(ChildResult.Started.class);
    }
  }

  @Test
  void when_a_supervisor_is_killed_its_children_end_with_it() {
    SupervisorRef supervisor = start(Supervisor.oneForOne(worker("a"), trapping("b")));
    events.next(2);

    node.system().exit(supervisor.pid().orElseThrow(), ExitReason.killed());

    assertThat(events.next()).isEqualTo(new Ended("b", ExitReason.killed()));
    LocalNode.eventually("all are gone", () -> node.system().processes().isEmpty());
  }
}
