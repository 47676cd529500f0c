package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children that end by themselves while their supervisor stops, of either kind. Case 93. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoppingRaceTest extends SupervisorCase {

  /** Opened by a child that is asked to stop: the stop of the supervisor has begun. */
  private final CountDownLatch stopping = new CountDownLatch(1);

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void ends_that_the_supervisor_has_not_seen_yet_disturb_nothing(boolean dynamic) {
    EitherSupervisor supervisor = start(dynamic);
    List<Pid> children =
        List.of(trapping("a"), trapping("b"), trapping("c")).stream()
            .map(each -> supervisor.startChild(each).orElseThrow())
            .toList();
    events.next(3);
    var stopped = new Probe<Optional<ExitReason>>();
    node.system().suspend(supervisor.pid());
    node.system().spawn(_ -> stopped.put(supervisor.stop()));
    LocalNode.eventually(
        "it is to stop",
        () -> node.system().info(supervisor.pid()).orElseThrow().mailboxLength() == 1);
    node.system().exit(children.get(0), ExitReason.killed());
    node.system().exit(children.get(2), ExitReason.killed());

    node.system().resume(supervisor.pid());

    assertThat(stopped.next()).contains(ExitReason.shutdown());
    assertThat(children).noneMatch(node.system()::isAlive);
    assertThat(events.all()).doesNotHaveAnyElementsOfTypes(TestWorker.Began.class);
  }

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void who_ends_by_itself_meanwhile_is_reported_if_it_ends_badly(boolean dynamic) {
    EitherSupervisor supervisor = start(dynamic);
    List<Pid> others =
        List.of(
                new Busy("normal", stopping, ExitReason.normal()),
                new Busy("shutdown", stopping, new ExitReason.Shutdown("done")),
                new Busy("crash", stopping, BOOM),
                new Busy("killed", stopping, ExitReason.killed()))
            .stream()
            .map(each -> supervisor.startChild(ChildSpec.worker(each.id, () -> each)))
            .map(ChildResult::orElseThrow)
            .toList();
    supervisor.startChild(ChildSpec.worker("last", () -> new Last(others))).orElseThrow();

    assertThat(supervisor.stop()).contains(ExitReason.shutdown());

    assertThat(node.system().processes()).isEmpty();
    assertThat(node.reports())
        .filteredOn(SupervisorReport.class::isInstance)
        .containsExactlyInAnyOrder(
            new SupervisorReport.ChildStoppedBadly(supervisor.pid(), "crash", others.get(2), BOOM),
            new SupervisorReport.ChildStoppedBadly(
                supervisor.pid(), "killed", others.get(3), ExitReason.killed()));
  }

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void who_ends_by_itself_while_it_is_terminated_has_stopped(boolean dynamic) {
    EitherSupervisor supervisor = start(dynamic);
    Pid pid =
        supervisor
            .startChild(ChildSpec.worker("crash", () -> new Busy("crash", stopping, BOOM)))
            .orElseThrow();
    var result = new Probe<ChildResult>();
    node.system().spawn(_ -> result.put(supervisor.terminateChild("crash")));
    LocalNode.eventually(
        "it is asked to stop",
        () ->
            supervisor
                .child("crash")
                .filter(child -> child.status() == ChildInfo.Status.STOPPING)
                .isPresent());

    stopping.countDown();

    assertThat(result.next()).isEqualTo(new ChildResult.Done());
    assertThat(node.reports())
        .contains(new SupervisorReport.ChildStoppedBadly(supervisor.pid(), "crash", pid, BOOM))
        .noneMatch(SupervisorReport.ChildEnded.class::isInstance);
    assertThat(supervisor.stop()).contains(ExitReason.shutdown());
  }

  /** Too busy to hear that it is to stop, and ends on its own when the gate opens. */
  private static final class Busy implements GenServer<String, String> {

    private final String id;
    private final CountDownLatch gate;
    private final ExitReason reason;

    private Busy(String id, CountDownLatch gate, ExitReason reason) {
      this.id = id;
      this.gate = gate;
      this.reason = reason;
    }

    @Override
    public Init<String> init(ProcessContext self) {
      self.trapExits(true);
      return Init.ok(id).thenContinue("wait");
    }

    @Override
    public Next<String> handle(String message, String state) throws InterruptedException {
      gate.await();
      return Next.stop(reason, state);
    }
  }

  /** The last to start: when it is asked to stop it has all the others end first. */
  private final class Last implements GenServer<String, String> {

    private final List<Pid> others;

    private Last(List<Pid> others) {
      this.others = others;
    }

    @Override
    public Init<String> init(ProcessContext self) {
      self.trapExits(true);
      return Init.ok("");
    }

    @Override
    public Next<String> handle(String message, String state) {
      return Next.proceed(state);
    }

    @Override
    public void terminate(ExitReason reason, String state) {
      stopping.countDown();
      for (Pid each : others) {
        assertThat(node.system().awaitExit(each, LONG)).isPresent();
      }
    }
  }
}
