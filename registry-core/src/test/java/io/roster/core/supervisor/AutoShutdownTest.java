package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Began;
import io.roster.core.supervisor.TestWorker.Event;
import io.roster.core.support.LocalNode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Case 105. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AutoShutdownTest extends SupervisorCase {

  private SupervisorRef startWith(AutoShutdown autoShutdown) {
    return start(
        Supervisor.oneForOne(
                worker("a").significant(Restart.TRANSIENT),
                worker("b").significant(Restart.TEMPORARY),
                worker("c"))
            .withAutoShutdown(autoShutdown));
  }

  @Test
  void any_significant_child_that_is_done_ends_the_supervisor() {
    SupervisorRef supervisor = startWith(AutoShutdown.ANY_SIGNIFICANT);
    var watch = node.system().watchExit(supervisor.pid().orElseThrow());

    end(supervisor, "a", ExitReason.normal());

    assertThat(watch.await(LONG)).contains(ExitReason.shutdown());
    assertThat(node.system().processes()).isEmpty();
  }

  @Test
  void a_significant_child_that_is_restarted_ends_nothing() {
    SupervisorRef supervisor = startWith(AutoShutdown.ANY_SIGNIFICANT);
    events.next(3);

    end(supervisor, "a", BOOM);

    assertThat(events.next(2)).last().isInstanceOf(Began.class);
    LocalNode.eventually("all run", () -> supervisor.counts().active() == 3);
  }

  @Test
  void a_significant_child_that_is_terminated_ends_nothing() {
    SupervisorRef supervisor = startWith(AutoShutdown.ANY_SIGNIFICANT);

    supervisor.terminateChild("a");
    supervisor.terminateChild("b");

    assertThat(supervisor.counts().active()).isEqualTo(1);
  }

  @Test
  void a_significant_child_that_its_group_took_along_ends_nothing() {
    SupervisorRef supervisor =
        start(
            Supervisor.oneForAll(worker("a").significant(Restart.TEMPORARY), worker("b"))
                .withAutoShutdown(AutoShutdown.ANY_SIGNIFICANT));
    events.next(2);

    end(supervisor, "b", BOOM);

    assertThat(events.next(2)).extracting(Event::id).containsExactly("b", "b");
    assertThat(supervisor.children()).extracting(ChildInfo::id).containsExactly("b");
  }

  @Test
  void all_significant_waits_for_the_last() {
    SupervisorRef supervisor = startWith(AutoShutdown.ALL_SIGNIFICANT);
    var watch = node.system().watchExit(supervisor.pid().orElseThrow());

    end(supervisor, "b", BOOM);
    assertThat(supervisor.counts().active()).isEqualTo(2);
    end(supervisor, "a", ExitReason.normal());

    assertThat(watch.await(LONG)).contains(ExitReason.shutdown());
  }
}
