package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Destination;
import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.Probe;
import io.roster.core.time.Timers;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimedSendsTest {

  private static final Duration LATER = Duration.ofHours(1);

  private final ByHand timers = new ByHand();
  private final ProcessSystem system =
      ProcessSystem.builder(new NodeId(new NodeName("a"), 2)).timers(timers).build();
  private final Probe<Object> seen = new Probe<>();
  private final Pid sender = listening();

  /** Timers whose time the test decides, if they are the test's. */
  private static final class ByHand implements Timers {

    private final List<Runnable> armed = new CopyOnWriteArrayList<>();

    /** Happens while a timer is armed. */
    private Runnable meanwhile = () -> {};

    @Override
    public Scheduled after(Duration delay, Runnable action) {
      if (!delay.equals(LATER)) {
        return () -> false;
      }
      armed.add(action);
      meanwhile.run();
      return () -> armed.remove(action);
    }

    void ringAll() {
      armed.forEach(
          action -> {
            armed.remove(action);
            action.run();
          });
    }
  }

  @AfterEach
  void leaves_nothing_behind() {
    assertThat(system.audit()).isEmpty();
    system.close();
    assertThat(timers.armed).isEmpty();
  }

  private Pid listening() {
    return system.spawn(
        self -> {
          while (true) {
            seen.put(self.receive());
          }
        });
  }

  private Scheduled sendLater(Destination to, Object message) {
    return system.contextOf(system.find(sender).orElseThrow()).sendAfter(LATER, to, message);
  }

  static Stream<ExitReason> ends() {
    return Stream.of(
        ExitReason.killed(),
        new ExitReason.Crashed("boom"),
        ExitReason.shutdown(),
        new ExitReason.Moved(new Pid(new NodeId(new NodeName("b"), 1), 7)));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void the_end_of_a_process_cancels_what_is_aimed_at_its_pid(ExitReason end) {
    Pid to = listening();
    Pid other = listening();
    var timer = sendLater(to, "never");
    sendLater(to, "never either");
    sendLater(other, "for another");

    system.exit(to, end);

    assertThat(timers.armed).hasSize(1);
    assertThat(timer.cancel()).isFalse();
    timers.ringAll();
    assertThat(seen.next()).isEqualTo("for another");
  }

  @Test
  void nothing_is_armed_for_a_process_that_is_dead() {
    Pid to = listening();
    system.exit(to, ExitReason.killed());

    var timer = sendLater(to, "never");

    assertThat(timers.armed).isEmpty();
    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void nothing_is_armed_for_an_earlier_start_of_the_node() {
    var timer = sendLater(new Pid(new NodeId(new NodeName("a"), 1), sender.serial()), "never");

    assertThat(timers.armed).isEmpty();
    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void one_that_has_rung_cannot_be_cancelled() {
    var timer = sendLater(listening(), "now");

    timers.ringAll();

    assertThat(seen.next()).isEqualTo("now");
    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void the_end_of_a_process_while_a_timer_is_armed_cancels_it() {
    Pid to = listening();
    timers.meanwhile = () -> system.exit(to, ExitReason.killed());

    var timer = sendLater(to, "never");

    assertThat(timers.armed).isEmpty();
    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void one_that_rings_while_it_is_armed_is_over() {
    timers.meanwhile = timers::ringAll;

    var timer = sendLater(listening(), "at once");

    assertThat(seen.next()).isEqualTo("at once");
    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void one_is_cancelled_once() {
    var timer = sendLater(listening(), "never");

    assertThat(timer.cancel()).isTrue();
    assertThat(timer.cancel()).isFalse();
    assertThat(timers.armed).isEmpty();
  }

  @Test
  void one_that_rings_while_it_is_cancelled_sends_nothing() {
    Pid to = listening();
    var timer = sendLater(to, "never");
    Runnable late = timers.armed.getFirst();
    timer.cancel();

    late.run();
    system.send(to, "last");

    assertThat(seen.next()).isEqualTo("last");
  }

  @Test
  void the_end_of_its_sender_cancels_nothing() {
    sendLater(listening(), "still");

    system.exit(sender, ExitReason.killed());
    timers.ringAll();

    assertThat(seen.next()).isEqualTo("still");
  }

  @Test
  void one_by_name_goes_to_whoever_has_the_name_then() {
    var name = new ProcessName("office");
    Pid first = listening();
    system.names().register(name, first);
    sendLater(new Named(name, system.node().name()), "to the office");

    system.exit(first, ExitReason.killed());
    system.names().register(name, listening());
    timers.ringAll();

    assertThat(seen.next()).isEqualTo("to the office");
  }

  @Test
  void one_for_a_process_that_has_moved_goes_with_the_end_of_where_it_went() {
    Pid here = listening();
    Pid there = listening();
    system.exit(here, new ExitReason.Moved(there));
    sendLater(here, "after it");

    timers.ringAll();
    assertThat(seen.next()).isEqualTo("after it");

    var timer = sendLater(here, "never");
    system.exit(there, ExitReason.killed());
    assertThat(timers.armed).isEmpty();
    assertThat(timer.cancel()).isFalse();
  }

  @Test
  void a_process_at_which_none_is_aimed_makes_no_ties_for_it() {
    ProcessCell cell = system.find(sender).orElseThrow();
    var timer = sendLater(listening(), "never");
    timer.cancel();

    assertThat(cell.<Boolean>read(_ -> true, () -> false)).isFalse();
  }
}
