package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.server.Init;
import io.roster.core.support.LocalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A child without a process is still a child, unless it is temporary: under each strategy. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeptChildTest extends SupervisorCase {

  private final AtomicBoolean ignores = new AtomicBoolean();

  static Stream<Arguments> all() {
    var rows = new ArrayList<Arguments>();
    for (RestartStrategy strategy : RestartStrategy.values()) {
      rows.add(Arguments.of(strategy, Restart.PERMANENT, true));
      rows.add(Arguments.of(strategy, Restart.TRANSIENT, true));
      rows.add(Arguments.of(strategy, Restart.TEMPORARY, false));
    }
    return rows.stream();
  }

  static Stream<Arguments> restarted() {
    return all().filter(row -> row.get()[1] != Restart.TEMPORARY);
  }

  private ChildSpec child(Restart restart) {
    return ChildSpec.worker(
            "b",
            () ->
                new TestWorker(
                    "b", events, false, () -> ignores.get() ? Init.ignore() : Init.ok("b")))
        .withRestart(restart);
  }

  private SupervisorRef start(RestartStrategy strategy, Restart restart) {
    return start(Supervisor.of(strategy, List.of(worker("a"), child(restart), worker("c"))));
  }

  /** It is down and can be started again, or there is no such child. */
  private void assertDown(SupervisorRef supervisor, boolean kept) {
    assertThat(supervisor.child("b").map(ChildInfo::status))
        .isEqualTo(kept ? Optional.of(ChildInfo.Status.DOWN) : Optional.empty());
    assertThat(supervisor.counts())
        .isEqualTo(kept ? new ChildCounts(3, 2, 0, 3) : new ChildCounts(2, 2, 0, 2));
    ignores.set(false);
    ChildResult again = supervisor.restartChild("b");
    if (kept) {
      assertThat(again).isInstanceOf(ChildResult.Started.class);
    } else {
      assertThat(again).isEqualTo(new ChildResult.NotFound());
    }
  }

  @ParameterizedTest(name = "{0}, {1}, kept: {2}")
  @MethodSource("all")
  void a_terminated_child_is_kept_unless_temporary( // case 94
      RestartStrategy strategy, Restart restart, boolean kept) {
    SupervisorRef supervisor = start(strategy, restart);

    assertThat(supervisor.terminateChild("b")).isEqualTo(new ChildResult.Done());

    assertDown(supervisor, kept);
  }

  @ParameterizedTest(name = "{0}, {1}, kept: {2}")
  @MethodSource("all")
  void a_first_child_that_ignores_is_kept_unless_temporary( // cases 88 and 89
      RestartStrategy strategy, Restart restart, boolean kept) {
    ignores.set(true);

    assertDown(start(strategy, restart), kept);
  }

  @ParameterizedTest(name = "{0}, {1}, kept: {2}")
  @MethodSource("all")
  void an_added_child_that_ignores_is_kept_unless_temporary( // cases 88 and 89
      RestartStrategy strategy, Restart restart, boolean kept) {
    SupervisorRef supervisor = start(Supervisor.of(strategy, List.of(worker("a"), worker("c"))));
    ignores.set(true);

    assertThat(supervisor.startChild(child(restart))).isEqualTo(new ChildResult.Ignored());

    assertDown(supervisor, kept);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("restarted")
  void a_child_that_ignores_when_restarted_is_kept( // case 88
      RestartStrategy strategy, Restart restart) {
    SupervisorRef supervisor = start(strategy, restart);
    ignores.set(true);

    end(supervisor, "b", BOOM);

    LocalNode.eventually(
        "it is down",
        () ->
            supervisor
                .child("b")
                .map(ChildInfo::status)
                .equals(Optional.of(ChildInfo.Status.DOWN)));
    assertDown(supervisor, true);
  }
}
