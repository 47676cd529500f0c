package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import io.roster.core.time.Timers;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How waits begin and end. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WaitsTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private ProcessSystem system() {
    return node.system();
  }

  @Test
  void a_process_that_is_killed_leaves_no_timer_of_its_wait() {
    Pid pid = system().spawn(self -> self.receive(Duration.ofHours(1)));
    LocalNode.eventually("its wait is timed", () -> system().waits().pending() == 1);

    system().exit(pid, ExitReason.killed());

    LocalNode.eventually("no timer is left", () -> system().waits().pending() == 0);
    assertThat(system().isAlive(pid)).isFalse();
  }

  @Test
  void an_alarm_that_was_taken_back_is_not_set_again() {
    var set = new AtomicInteger();
    Timers timers =
        (_, _) -> {
          set.incrementAndGet();
          return () -> true;
        };
    var alarm = new Alarm(timers);
    long end = System.nanoTime() + Duration.ofHours(1).toNanos();
    alarm.park(this, end);
    assertThat(set).hasValue(1);
    assertThat(alarm.isSet()).isTrue();

    alarm.cancel();
    alarm.park(this, end);

    assertThat(set).hasValue(1);
    assertThat(alarm.isSet()).isFalse();
  }

  @Test
  void an_alarm_that_is_taken_back_while_its_timer_is_being_set_cancels_it() {
    var cancelled = new AtomicInteger();
    var alarm = new Alarm[1];
    Timers timers =
        (_, _) -> {
          alarm[0].cancel();
          return () -> cancelled.incrementAndGet() > 0;
        };
    alarm[0] = new Alarm(timers);

    alarm[0].park(this, System.nanoTime() + Duration.ofHours(1).toNanos());

    assertThat(cancelled).hasValue(1);
    assertThat(alarm[0].isSet()).isFalse();
  }

  @Test
  void a_message_that_came_while_a_suspension_overtook_the_rest_is_taken_after_it()
      throws ReflectiveOperationException {
    var seen = new Probe<Object>();
    Pid pid =
        system()
            .spawn(
                self -> {
                  while (true) {
                    seen.put(self.receive());
                  }
                });
    ProcessCell cell = system().find(pid).orElseThrow();
    system().send(pid, "first");
    assertThat(seen.next()).isEqualTo("first");
    LocalNode.eventually("it rests", () -> cell.info().status() == ProcessInfo.Status.WAITING);
    cell.suspend();
    system().send(pid, "second");
    // As it is left where the runner looked before the suspension, and wrote after it.
    MethodHandles.privateLookupIn(ProcessCell.class, MethodHandles.lookup())
        .findVarHandle(ProcessCell.class, "phase", int.class)
        .setVolatile(cell, ProcessCell.IDLE);

    cell.resume();

    assertThat(seen.next()).isEqualTo("second");
  }
}
