package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.process.Relations.Watch;
import io.roster.core.process.Relations.Watched;
import io.roster.core.support.LocalNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each kind of tie, broken on purpose, is found. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditTest {

  private final ProcessSystem system = ProcessSystem.local("a");
  private ProcessCell one = cell();
  private ProcessCell other = cell();

  @BeforeEach
  void nothing_is_wrong_at_first() {
    assertThat(system.audit()).isEmpty();
  }

  @AfterEach
  void close() {
    system.close();
  }

  private ProcessCell cell() {
    Pid pid = system.spawn(self -> self.receive());
    return system.find(pid).orElseThrow();
  }

  private void finds(String what) {
    LocalNode.eventually("it is found", () -> !system.audit().isEmpty());
    assertThat(system.audit()).singleElement().asString().contains(what);
  }

  @Test
  void a_link_that_one_side_alone_knows() {
    one.addLink(other.pid());

    finds("is linked to " + other.pid());
  }

  @Test
  void a_monitor_that_its_target_does_not_know() {
    one.addMonitor(new Ref(system.node(), 1), new Watched(other.pid(), other));

    finds("monitors " + other.pid());
  }

  @Test
  void a_watcher_that_does_not_watch() {
    one.addWatcher(new Ref(system.node(), 1), new Watch(other, one.pid()));

    finds("is watched by");
  }

  @Test
  void a_question_that_nobody_waits_for() {
    Request request = system.request();
    request.cancel();
    one.addWatcher(request, request);

    finds("is watched by");
  }

  @Test
  void a_name_that_the_table_does_not_know() {
    one.addName(new ProcessName("ghost"));

    finds("thinks that it has the name");
  }

  @Test
  void an_alias_that_leads_nowhere() {
    one.addAlias(new Alias(system.node(), 1));

    finds("which leads nowhere");
  }

  @Test
  void a_timer_that_will_never_ring() {
    var timer = system.contextOf(other).sendAfter(Duration.ofHours(1), one.pid(), "never");
    timer.cancel();
    one.noteKey(system.timedSends().aimed, timer);

    finds("keeps 1 timers that will never ring");
  }
}
