package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.server.Init;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Began;
import io.roster.core.supervisor.TestWorker.Ended;
import io.roster.core.supervisor.TestWorker.Event;
import io.roster.core.support.LocalNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupervisorRestartsTest extends SupervisorCase {

  /** The end of the supervisor at {@code pid}. */
  private ExitReason endOf(Pid pid) {
    return node.system().awaitExit(pid, LONG).orElseThrow();
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Restarts {

    @Test
    void a_permanent_child_is_restarted_even_after_a_normal_end() { // case 95
      SupervisorRef supervisor = start(Supervisor.oneForOne(worker("a"), worker("b")));
      Began first = (Began) events.next();
      Began other = (Began) events.next();

      end(supervisor, "a", ExitReason.normal());

      assertThat(events.next()).isEqualTo(new Ended("a", ExitReason.normal()));
      Began again = (Began) events.next();
      assertThat(again.id()).isEqualTo("a");
      assertThat(again.pid()).isNotEqualTo(first.pid());
      assertThat(pid(supervisor, "b")).isEqualTo(other.pid());
    }

    @Test
    void a_transient_child_stays_down_after_an_expected_end() { // case 95
      SupervisorRef supervisor =
          start(Supervisor.oneForOne(worker("a").withRestart(Restart.TRANSIENT)));

      end(supervisor, "a", new ExitReason.Shutdown("done"));

      assertThat(supervisor.counts()).isEqualTo(new ChildCounts(1, 0, 0, 1));
      assertThat(supervisor.restartChild("a")).isInstanceOf(ChildResult.Started.class);
    }

    @Test
    void a_relinquished_child_stays_down_and_does_not_count() {
      SupervisorRef supervisor =
          start(Supervisor.oneForOne(worker("a")).withLimit(RestartLimit.of(0, LONG)));

      end(supervisor, "a", new ExitReason.NodeLeaving(new NodeName("a")));

      assertThat(supervisor.child("a").map(ChildInfo::status)).contains(ChildInfo.Status.DOWN);
    }

    @Test
    void restarts_count_across_all_children() { // case 96
      SupervisorRef supervisor =
          start(
              Supervisor.oneForOne(worker("a"), worker("b"), worker("c"))
                  .withLimit(RestartLimit.of(2, Duration.ofHours(1))));
      Pid sup = supervisor.pid().orElseThrow();
      events.next(3);
      for (String id : List.of("a", "b")) {
        end(supervisor, id, BOOM);
        events.next(2);
      }

      end(supervisor, "c", BOOM);

      assertThat(endOf(sup))
          .isIn(new ExitReason.Shutdown("reached the restart limit"), ExitReason.noProcess());
      assertThat(node.system().processes()).isEmpty();
      assertThat(node.reports())
          .contains(new SupervisorReport.GaveUp(sup, "c", RestartLimit.of(2, Duration.ofHours(1))));
    }

    @Test
    void one_for_all_restarts_all_in_order() { // case 97
      SupervisorRef supervisor =
          start(Supervisor.oneForAll(trapping("a"), trapping("b"), trapping("c")));
      List<Event> before = events.next(3);

      end(supervisor, "b", BOOM);

      assertThat(events.next(3))
          .containsExactly(
              new Ended("b", BOOM),
              new Ended("c", ExitReason.shutdown()),
              new Ended("a", ExitReason.shutdown()));
      List<Event> after = events.next(3);
      assertThat(after).extracting(Event::id).containsExactly("a", "b", "c");
      assertThat(after).doesNotContainAnyElementsOf(before);
    }

    @Test
    void rest_for_one_restarts_the_failed_and_the_later() { // case 97
      SupervisorRef supervisor =
          start(Supervisor.restForOne(trapping("a"), trapping("b"), trapping("c")));
      events.next(3);
      Pid a = pid(supervisor, "a");

      end(supervisor, "b", BOOM);

      assertThat(events.next(4)).extracting(Event::id).containsExactly("b", "c", "b", "c");
      assertThat(pid(supervisor, "a")).isEqualTo(a);
    }

    @Test
    void temporary_siblings_of_a_group_are_not_restarted() {
      SupervisorRef supervisor =
          start(Supervisor.oneForAll(worker("a"), worker("b").withRestart(Restart.TEMPORARY)));
      events.next(2);

      end(supervisor, "a", BOOM);

      assertThat(events.next(2)).last().isInstanceOf(Began.class);
      assertThat(supervisor.children()).extracting(ChildInfo::id).containsExactly("a");
    }

    @Test
    void in_rest_for_one_a_later_child_that_fails_to_restart_leaves_the_earlier_running() {
      var broken = new AtomicBoolean();
      SupervisorRef supervisor =
          start(
              Supervisor.restForOne(
                      worker("a"), worker("b"), failingWhile("c", broken), worker("d"))
                  .withLimit(RestartLimit.of(1_000, LONG)));
      events.next(4);
      Pid a = pid(supervisor, "a");
      broken.set(true);

      end(supervisor, "b", BOOM);
      assertThat(events.next(2)).extracting(Event::id).containsExactly("b", "b");
      Pid b = pid(supervisor, "b");
      broken.set(false);

      assertThat(events.next(2)).extracting(Event::id).containsExactly("c", "d");
      assertThat(pid(supervisor, "a")).isEqualTo(a);
      assertThat(pid(supervisor, "b")).isEqualTo(b);
    }

    @Test
    void in_one_for_all_the_next_attempt_starts_all_again() {
      var broken = new AtomicBoolean();
      SupervisorRef supervisor =
          start(
              Supervisor.oneForAll(worker("a"), failingWhile("b", broken))
                  .withLimit(RestartLimit.of(1_000, LONG)));
      events.next(2);
      broken.set(true);

      end(supervisor, "b", BOOM);
      assertThat(events.next().id()).isEqualTo("b");
      Pid first = nextBegun("a");
      // It began again, so the attempt that it was part of had failed.
      Pid second = nextBegun("a");
      broken.set(false);

      LocalNode.eventually("all run", () -> supervisor.counts().active() == 2);
      assertThat(second).isNotEqualTo(first);
      assertThat(pid(supervisor, "a")).isNotEqualTo(first);
    }

    private Pid nextBegun(String id) {
      while (true) {
        if (events.next() instanceof Began begun && begun.id().equals(id)) {
          return begun.pid();
        }
      }
    }

    @Test
    void a_child_that_was_terminated_starts_again_with_its_group() {
      SupervisorRef supervisor = start(Supervisor.oneForAll(worker("a"), worker("b")));
      events.next(2);
      supervisor.terminateChild("a");

      end(supervisor, "b", BOOM);

      LocalNode.eventually("all run", () -> supervisor.counts().active() == 2);
    }

    @Test
    void between_failing_attempts_the_supervisor_answers() { // case 101
      for (RestartStrategy strategy : RestartStrategy.values()) {
        var broken = new AtomicBoolean();
        SupervisorRef supervisor =
            start(
                Supervisor.of(strategy, List.of(failingWhile("a", broken)))
                    .withLimit(RestartLimit.of(1_000_000, Duration.ofHours(1))));
        events.next();
        broken.set(true);
        end(supervisor, "a", BOOM);
        events.next();

        LocalNode.eventually(
            "the child is restarting",
            () -> supervisor.restartChild("a").equals(new ChildResult.Restarting()));
        assertThat(supervisor.counts().active()).isZero(); // case 102
        assertThat(supervisor.deleteChild("a"))
            .isIn(new ChildResult.Restarting(), new ChildResult.Running());
        assertThat(supervisor.terminateChild("a")).isEqualTo(new ChildResult.Done());
        // One attempt, whatever went before, and its end is told.
        assertThat(supervisor.restartChild("a")).isInstanceOf(ChildResult.Failed.class);
        assertThat(supervisor.deleteChild("a")).isEqualTo(new ChildResult.Done());
        assertThat(supervisor.stop(LONG)).contains(ExitReason.shutdown());
      }
    }

    @Test
    void a_child_that_cannot_start_when_asked_to_stays_a_child() { // case 94
      for (RestartStrategy strategy : RestartStrategy.values()) {
        var broken = new AtomicBoolean();
        SupervisorRef supervisor =
            start(Supervisor.of(strategy, List.of(failingWhile("a", broken))));
        assertThat(supervisor.terminateChild("a")).isEqualTo(new ChildResult.Done());
        broken.set(true);

        assertThat(supervisor.restartChild("a")).isInstanceOf(ChildResult.Failed.class);
        assertThat(supervisor.child("a").map(ChildInfo::status)).contains(ChildInfo.Status.DOWN);

        broken.set(false);
        assertThat(supervisor.restartChild("a")).isInstanceOf(ChildResult.Started.class);
        assertThat(supervisor.stop(LONG)).contains(ExitReason.shutdown());
      }
    }

    @Test
    void attempts_that_fail_count_until_the_supervisor_gives_up() { // case 101
      var broken = new AtomicBoolean();
      SupervisorRef supervisor =
          start(
              Supervisor.oneForOne(failingWhile("a", broken))
                  .withLimit(RestartLimit.of(3, Duration.ofSeconds(1))));
      Pid sup = supervisor.pid().orElseThrow();
      var watch = node.system().watchExit(sup);
      broken.set(true);

      end(supervisor, "a", BOOM);

      assertThat(watch.await(LONG)).contains(new ExitReason.Shutdown("reached the restart limit"));
      assertThat(node.reports())
          .filteredOn(SupervisorReport.ChildNotStarted.class::isInstance)
          .hasSize(3);
    }

    @Test
    void a_supervisor_that_gave_up_is_restarted_by_its_own_if_permanent() {
      SupervisorRef top =
          start(
              Supervisor.oneForOne(
                  ChildSpec.supervisor(
                      "inner",
                      () ->
                          Supervisor.oneForOne(worker("a"))
                              .withLimit(RestartLimit.of(0, Duration.ofHours(1))))));
      events.next();
      Pid inner = pid(top, "inner");
      SupervisorRef innerRef = SupervisorRef.of(node.system(), inner);

      end(innerRef, "a", BOOM);

      assertThat(events.next(2)).last().isInstanceOf(Began.class);
      LocalNode.eventually(
          "another inner supervisor",
          () ->
              top.child("inner").flatMap(ChildInfo::pid).filter(p -> !p.equals(inner)).isPresent());
      assertThat(top.counts()).isEqualTo(new ChildCounts(1, 1, 1, 0));
    }

    @Test
    void a_transient_supervisor_that_gave_up_stays_down() {
      SupervisorRef top =
          start(
              Supervisor.oneForOne(
                  ChildSpec.supervisor(
                          "inner",
                          () ->
                              Supervisor.oneForOne(worker("a"))
                                  .withLimit(RestartLimit.of(0, Duration.ofHours(1))))
                      .withRestart(Restart.TRANSIENT)));
      SupervisorRef innerRef = SupervisorRef.of(node.system(), pid(top, "inner"));

      end(innerRef, "a", BOOM);

      LocalNode.eventually(
          "the inner supervisor is down",
          () ->
              top.child("inner").map(ChildInfo::status).equals(Optional.of(ChildInfo.Status.DOWN)));
    }

    @Test
    void a_crash_in_the_first_moment_counts_like_any_other() {
      var starts = new AtomicInteger();
      SupervisorRef supervisor =
          start(Supervisor.oneForOne().withLimit(RestartLimit.of(5, Duration.ofHours(1))));
      Pid sup = supervisor.pid().orElseThrow();
      var watch = node.system().watchExit(sup);

      supervisor.startChild(
          ChildSpec.worker(
              "a",
              () ->
                  new TestWorker(
                      "a",
                      events,
                      false,
                      () -> {
                        starts.incrementAndGet();
                        return Init.ok("a").thenContinue(new TestWorker.Crash());
                      })));

      assertThat(watch.await(LONG)).contains(new ExitReason.Shutdown("reached the restart limit"));
      assertThat(starts.get()).isEqualTo(6);
    }

    private ChildSpec failingWhile(String id, AtomicBoolean broken) {
      return ChildSpec.worker(
          id,
          () ->
              new TestWorker(
                  id, events, false, () -> broken.get() ? Init.stop(BOOM) : Init.ok(id)));
    }
  }
}
