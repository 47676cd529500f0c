package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.server.Init;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Began;
import io.roster.core.supervisor.TestWorker.Ended;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child that has unlinked itself, under either kind of supervisor. Case 100. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnlinkedChildTest extends SupervisorCase {

  private ChildSpec unlinked(boolean traps) {
    return ChildSpec.worker(
        "a",
        () ->
            new TestWorker(
                "a",
                events,
                traps,
                () -> {
                  unlink();
                  return Init.ok("a");
                }));
  }

  private void unlink() {
    var self = node.system().current().orElseThrow();
    self.unlink(self.parent().orElseThrow());
  }

  /** It is gone, was told of once, and nothing has come in its place. */
  private void assertTerminated(EitherSupervisor supervisor, Pid pid) {
    assertThat(supervisor.terminateChild("a")).isEqualTo(new ChildResult.Done());

    assertThat(node.system().isAlive(pid)).isFalse();
    assertThat(supervisor.child("a").filter(child -> child.status() != ChildInfo.Status.DOWN))
        .isEmpty();
    assertThat(supervisor.stop()).contains(ExitReason.shutdown());
    assertThat(node.system().processes()).isEmpty();
  }

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void its_end_is_seen_and_it_is_restarted(boolean dynamic) {
    EitherSupervisor supervisor = start(dynamic);
    Pid first = supervisor.startChild(unlinked(false)).orElseThrow();
    events.next();

    node.system().exit(first, ExitReason.killed());

    assertThat(events.next())
        .isInstanceOfSatisfying(Began.class, again -> assertThat(again.pid()).isNotEqualTo(first));
    assertThat(supervisor.stop()).contains(ExitReason.shutdown());
    assertThat(node.system().processes()).isEmpty();
  }

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void it_is_terminated(boolean dynamic) {
    EitherSupervisor supervisor = start(dynamic);
    Pid pid = supervisor.startChild(unlinked(false)).orElseThrow();
    events.next();

    assertTerminated(supervisor, pid);

    assertThat(events.isEmpty()).isTrue();
    assertThat(node.reports()).isEmpty();
  }

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void it_is_asked_to_stop_if_it_traps_exits(boolean dynamic) {
    EitherSupervisor supervisor = start(dynamic);
    Pid pid = supervisor.startChild(unlinked(true)).orElseThrow();
    events.next();

    assertTerminated(supervisor, pid);

    assertThat(events.next()).isEqualTo(new Ended("a", ExitReason.shutdown()));
    assertThat(events.isEmpty()).isTrue();
    assertThat(node.reports()).isEmpty();
  }

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void it_is_killed_when_its_time_is_over(boolean dynamic) {
    node.allowZombies();
    var release = new AtomicBoolean();
    EitherSupervisor supervisor = start(dynamic);
    Pid pid =
        supervisor
            .startChild(
                ChildSpec.worker(
                        "a",
                        () ->
                            new TestWorker(
                                "a",
                                events,
                                true,
                                () -> {
                                  unlink();
                                  return Init.ok("a").thenContinue(new TestWorker.Block(release));
                                }))
                    .withShutdown(new Shutdown.Within(Duration.ofMillis(20))))
            .orElseThrow();

    try {
      assertTerminated(supervisor, pid);
    } finally {
      release.set(true);
    }
    assertThat(node.reports())
        .contains(
            new SupervisorReport.ChildStoppedBadly(
                supervisor.pid(), "a", pid, ExitReason.killed()));
  }

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void it_is_stopped_with_its_supervisor(boolean dynamic) {
    EitherSupervisor supervisor = start(dynamic);
    supervisor.startChild(unlinked(true)).orElseThrow();
    events.next();

    assertThat(supervisor.stop()).contains(ExitReason.shutdown());

    assertThat(events.next()).isEqualTo(new Ended("a", ExitReason.shutdown()));
    assertThat(node.system().processes()).isEmpty();
  }
}
