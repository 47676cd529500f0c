package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cases 92 and 93. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupervisorStoppingTest extends SupervisorCase {

  @Test
  void a_deaf_child_is_killed_when_its_time_is_over() {
    node.allowZombies();
    var release = new AtomicBoolean();
    SupervisorRef supervisor =
        start(
            Supervisor.oneForOne(
                deaf(release).withShutdown(new Shutdown.Within(Duration.ofMillis(20)))));
    Pid pid = pid(supervisor, "deaf");

    assertThat(supervisor.terminateChild("deaf")).isEqualTo(new ChildResult.Done());

    assertThat(node.system().isAlive(pid)).isFalse();
    assertThat(node.reports())
        .contains(
            new SupervisorReport.ChildStoppedBadly(
                supervisor.pid().orElseThrow(), "deaf", pid, ExitReason.killed()));
    release.set(true);
  }

  @Test
  void a_stopping_supervisor_kills_a_deaf_child_when_its_time_is_over() {
    node.allowZombies();
    var release = new AtomicBoolean();
    SupervisorRef supervisor =
        start(
            Supervisor.oneForOne(
                deaf(release).withShutdown(new Shutdown.Within(Duration.ofMillis(20)))));

    assertThat(supervisor.stop(LONG)).contains(ExitReason.shutdown());

    assertThat(node.system().processes()).isEmpty();
    release.set(true);
  }

  @Test
  void an_unbounded_stop_waits_as_long_as_it_takes() {
    var release = new AtomicBoolean();
    SupervisorRef supervisor =
        start(Supervisor.oneForOne(deaf(release).withShutdown(new Shutdown.Unbounded())));
    Pid pid = pid(supervisor, "deaf");
    var stopped = new Probe<ChildResult>();
    node.system().spawn(_ -> stopped.put(supervisor.terminateChild("deaf")));

    LocalNode.eventually(
        "it was asked to stop",
        () ->
            supervisor
                .child("deaf")
                .map(ChildInfo::status)
                .equals(Optional.of(ChildInfo.Status.STOPPING)));
    assertThat(node.system().isAlive(pid)).isTrue();
    release.set(true);

    assertThat(stopped.next()).isEqualTo(new ChildResult.Done());
    assertThat(node.reports()).isEmpty();
  }

  @Test
  void a_child_that_ends_badly_when_stopped_is_reported() { // case 93
    SupervisorRef supervisor =
        start(
            Supervisor.oneForOne(
                ChildSpec.worker("bad", () -> new TestWorker.BadlyEnding(events))));

    supervisor.stop(LONG);

    assertThat(node.reports()).anyMatch(SupervisorReport.ChildStoppedBadly.class::isInstance);
  }

  @Test
  void a_brutal_stop_does_not_ask() {
    SupervisorRef supervisor =
        start(Supervisor.oneForOne(trapping("a").withShutdown(new Shutdown.Brutal())));
    events.next();

    supervisor.terminateChild("a");

    assertThat(events.isEmpty()).isTrue();
    assertThat(node.reports()).isEmpty();
  }
}
