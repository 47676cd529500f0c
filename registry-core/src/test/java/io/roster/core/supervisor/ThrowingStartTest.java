package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.process.StartOptions;
import io.roster.core.process.StartResult;
import io.roster.core.server.Init;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A child whose start throws, under either kind of supervisor. Case 107. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThrowingStartTest extends SupervisorCase {

  private static final RestartLimit PATIENT = RestartLimit.of(1_000, LONG);

  /** What a start does, and the reason that it fails with. */
  static Stream<Arguments> failures() {
    return Stream.of(false, true)
        .flatMap(
            dynamic ->
                Stream.of(
                    failure(dynamic, new IllegalStateException("no")),
                    failure(dynamic, new NoClassDefFoundError("Gone")),
                    failure(dynamic, new StackOverflowError()),
                    failure(dynamic, new IOException("checked, in disguise"))));
  }

  static Stream<Arguments> failuresOfTree() {
    return failures().filter(row -> row.get()[0].equals(false));
  }

  private static Arguments failure(boolean dynamic, Throwable thrown) {
    return Arguments.of(dynamic, thrown, new ExitReason.Crashed(thrown.toString()));
  }

  @SuppressWarnings("unchecked") // erased: whatever it is comes out as it is
  private static <T extends Throwable> RuntimeException sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static void throwIt(Throwable thrown) {
    throw ThrowingStartTest.<RuntimeException>sneak(thrown);
  }

  private ChildSpec does(Runnable action) {
    return ChildSpec.worker(
        "a",
        () -> {
          action.run();
          return new TestWorker("a", events);
        });
  }

  @ParameterizedTest(name = "dynamic: {0}, {1}")
  @MethodSource("failures")
  void a_child_whose_start_throws_is_not_added(
      boolean dynamic, Throwable thrown, ExitReason reason) {
    EitherSupervisor supervisor = start(dynamic);

    assertThat(supervisor.startChild(does(() -> throwIt(thrown))))
        .isEqualTo(new ChildResult.Failed(reason));

    assertThat(supervisor.children()).isEmpty();
    assertThat(supervisor.startChild(worker("a"))).isInstanceOf(ChildResult.Started.class);
  }

  @ParameterizedTest(name = "dynamic: {0}")
  @ValueSource(booleans = {false, true})
  void a_child_whose_start_exits_is_not_added(boolean dynamic) {
    EitherSupervisor supervisor = start(dynamic);

    assertThat(supervisor.startChild(does(() -> node.system().current().orElseThrow().exit(BOOM))))
        .isEqualTo(new ChildResult.Failed(BOOM));

    assertThat(supervisor.children()).isEmpty();
    assertThat(node.system().processes()).containsExactly(supervisor.pid());
  }

  @ParameterizedTest(name = "dynamic: {0}, {1}")
  @MethodSource("failures")
  void a_child_whose_init_throws_is_not_added(
      boolean dynamic, Throwable thrown, ExitReason reason) {
    EitherSupervisor supervisor = start(dynamic);

    ChildResult result =
        supervisor.startChild(
            ChildSpec.worker(
                "a",
                () ->
                    new TestWorker(
                        "a",
                        events,
                        false,
                        () -> {
                          throwIt(thrown);
                          return Init.ignore();
                        })));

    assertThat(result)
        .isInstanceOfSatisfying(
            ChildResult.Failed.class,
            failed -> assertThat(failed.reason()).hasToString(reason.toString()));
    assertThat(supervisor.children()).isEmpty();
    assertThat(node.system().processes()).containsExactly(supervisor.pid());
  }

  @ParameterizedTest(name = "dynamic: {0}, {1}")
  @MethodSource("failures")
  void a_child_whose_restart_throws_is_tried_again(
      boolean dynamic, Throwable thrown, ExitReason reason) {
    var broken = new AtomicBoolean();
    EitherSupervisor supervisor = start(dynamic, PATIENT);
    supervisor.startChild(
        does(
            () -> {
              if (broken.get()) {
                throwIt(thrown);
              }
            }));
    broken.set(true);
    events.next();

    TestWorker.end(node, supervisor.child("a").orElseThrow(), BOOM);
    LocalNode.eventually(
        "it was tried in vain",
        () ->
            node.reports()
                .contains(new SupervisorReport.ChildNotStarted(supervisor.pid(), "a", reason)));
    broken.set(false);

    assertThat(events.next(2)).last().isInstanceOf(TestWorker.Began.class);
    assertThat(supervisor.children()).hasSize(1);
  }

  @ParameterizedTest(name = "dynamic: {0}, {1}")
  @MethodSource("failures")
  void a_supervisor_whose_child_throws_whenever_it_is_restarted_gives_up(
      boolean dynamic, Throwable thrown, ExitReason reason) {
    var broken = new AtomicBoolean();
    EitherSupervisor supervisor = start(dynamic, RestartLimit.of(2, LONG));
    var watch = node.system().watchExit(supervisor.pid());
    supervisor.startChild(
        does(
            () -> {
              if (broken.get()) {
                throwIt(thrown);
              }
            }));
    broken.set(true);

    TestWorker.end(node, supervisor.child("a").orElseThrow(), BOOM);

    assertThat(watch.await(LONG)).contains(new ExitReason.Shutdown("reached the restart limit"));
    assertThat(node.reports())
        .filteredOn(SupervisorReport.ChildNotStarted.class::isInstance)
        .hasSize(2)
        .allMatch(new SupervisorReport.ChildNotStarted(supervisor.pid(), "a", reason)::equals);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("failuresOfTree")
  void a_first_child_whose_start_throws_fails_its_supervisor( // case 90
      boolean dynamic, Throwable thrown, ExitReason reason) {
    StartResult<SupervisorRef> result =
        node.system()
            .tryStart(
                Supervisor.oneForOne(worker("first"), does(() -> throwIt(thrown))),
                StartOptions.DEFAULT);

    assertThat(result)
        .isEqualTo(
            new StartResult.Failed<SupervisorRef>(
                new ExitReason.Shutdown("failed to start child a: " + reason)));
    assertThat(node.system().processes()).isEmpty();
  }
}
