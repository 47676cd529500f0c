package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.naming.Via;
import io.roster.core.process.StartOptions;
import io.roster.core.registry.UniqueRegistry;
import io.roster.core.server.Init;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Began;
import io.roster.core.supervisor.TestWorker.Event;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StandbyTest {

  private static final ExitReason BOOM = new ExitReason.Crashed("boom");
  private static final ProcessName ONLY = new ProcessName("only");
  private static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final LocalNode node = new LocalNode();

  private final Probe<Event> events = new Probe<>();

  private ChildSpec worker(String id) {
    return ChildSpec.worker(id, () -> new TestWorker(id, events));
  }

  private ChildSpec standby() {
    return worker("standby").named("only").standingBy();
  }

  /** A process that has the name and gives it up when it is sent something. */
  private Pid holder() {
    var registered = new Probe<Boolean>();
    Pid pid =
        node.system()
            .spawn(
                self -> {
                  self.register(ONLY);
                  registered.put(true);
                  self.receive();
                  self.unregister(ONLY);
                  self.receive();
                });
    registered.next();
    return pid;
  }

  private SupervisorRef start(Supervisor supervisor) {
    return node.system().start(supervisor);
  }

  private Optional<ChildInfo.Status> status(SupervisorRef supervisor) {
    return supervisor.child("standby").map(ChildInfo::status);
  }

  @Test
  void a_child_whose_name_is_taken_stands_by_and_takes_it_when_its_holder_ends() {
    Pid holder = holder();
    SupervisorRef supervisor = start(Supervisor.oneForOne(standby(), worker("b")));
    assertThat(events.next().id()).isEqualTo("b");
    assertThat(status(supervisor)).contains(ChildInfo.Status.STANDING_BY);
    assertThat(supervisor.counts()).isEqualTo(new ChildCounts(2, 1, 0, 2));

    node.system().exit(holder, ExitReason.killed());

    var began = (Began) events.next();
    assertThat(node.system().whereis(ONLY)).contains(began.pid());
    LocalNode.eventually(
        "it is known to run",
        () -> supervisor.child("standby").flatMap(ChildInfo::pid).equals(Optional.of(began.pid())));
  }

  @Test
  void a_name_that_is_given_up_by_a_holder_that_lives_on_is_found_free() {
    Pid holder = holder();
    SupervisorRef supervisor = start(Supervisor.oneForOne());
    assertThat(supervisor.startChild(standby()))
        .isEqualTo(new ChildResult.StandingBy(Optional.of(holder)));

    node.system().send(holder, "give it up");

    Pid pid = ((Began) events.next()).pid();
    assertThat(node.system().whereis(ONLY)).contains(pid);
    assertThat(node.system().isAlive(holder)).isTrue();
  }

  @Test
  void a_child_that_lost_its_name_in_a_conflict_stands_by_for_the_winner() {
    SupervisorRef supervisor =
        start(Supervisor.oneForOne(standby()).withLimit(RestartLimit.of(0, LONG)));
    Pid loser = ((Began) events.next()).pid();
    var winner = new Probe<Pid>();
    node.system().suspend(supervisor.pid().orElseThrow());
    node.system().names().unregister(ONLY, loser);
    winner.put(holder());
    Pid won = winner.next();

    node.system().exit(loser, new ExitReason.NameConflict(ONLY, won));
    node.system().resume(supervisor.pid().orElseThrow());
    LocalNode.eventually(
        "it stands by", () -> status(supervisor).equals(Optional.of(ChildInfo.Status.STANDING_BY)));
    node.system().exit(won, ExitReason.killed());

    Pid pid = ((Began) events.next()).pid();
    assertThat(node.system().whereis(ONLY)).contains(pid);
  }

  @Test
  void attempts_that_find_the_name_taken_count_for_nothing() {
    SupervisorRef supervisor = start(Supervisor.oneForOne().withLimit(RestartLimit.of(0, LONG)));
    Pid first = holder();
    supervisor.startChild(standby());
    for (int i = 0; i < 3; i++) {
      node.system().suspend(supervisor.pid().orElseThrow());
      node.system().exit(first, ExitReason.killed());
      Pid next = holder();
      node.system().resume(supervisor.pid().orElseThrow());
      LocalNode.eventually(
          "it waits for the next", () -> node.system().info(next).orElseThrow().watchers() == 1);
      first = next;
    }

    node.system().exit(first, ExitReason.killed());

    assertThat(events.next()).isInstanceOf(Began.class);
  }

  @Test
  void a_child_that_stands_by_neither_restarts_nor_is_deleted_but_can_be_terminated() {
    Pid holder = holder();
    SupervisorRef supervisor = start(Supervisor.oneForAll(standby()));

    assertThat(supervisor.restartChild("standby")).isEqualTo(new ChildResult.Restarting());
    assertThat(supervisor.deleteChild("standby")).isEqualTo(new ChildResult.Restarting());
    assertThat(supervisor.terminateChild("standby")).isEqualTo(new ChildResult.Done());

    assertThat(node.system().info(holder).orElseThrow().watchers()).isZero();
    assertThat(supervisor.restartChild("standby"))
        .isEqualTo(new ChildResult.StandingBy(Optional.of(holder)));
  }

  @Test
  void others_of_its_group_restart_without_it() {
    Pid holder = holder();
    SupervisorRef supervisor = start(Supervisor.oneForAll(standby(), worker("b")));
    events.next();

    TestWorker.end(node, supervisor.child("b").orElseThrow(), BOOM);

    assertThat(events.next(2)).last().isInstanceOf(Began.class);
    assertThat(status(supervisor)).contains(ChildInfo.Status.STANDING_BY);
    node.system().exit(holder, ExitReason.killed());
    assertThat(events.next().id()).isEqualTo("standby");
  }

  @Test
  void a_crash_after_the_name_was_taken_counts_as_ever() {
    Pid holder = holder();
    SupervisorRef supervisor =
        start(
            Supervisor.oneForOne(
                    ChildSpec.worker(
                            "standby",
                            () -> new TestWorker("w", events, false, () -> Init.stop(BOOM)))
                        .named("only")
                        .standingBy())
                .withLimit(RestartLimit.of(1, LONG)));
    var watch = node.system().watchExit(supervisor.pid().orElseThrow());

    node.system().exit(holder, ExitReason.killed());

    assertThat(watch.await(LONG)).map(ExitReason::isExpected).contains(true);
    assertThat(node.reports()).anyMatch(SupervisorReport.GaveUp.class::isInstance);
  }

  @Test
  void a_registry_that_takes_no_claims_now_is_asked_again() {
    var refusals = new AtomicInteger(1);
    var open = UniqueRegistry.ofNames(node.system());
    NameRegistry sometimes =
        new NameRegistry() {
          @Override
          public Registration register(ProcessName name, Pid pid) {
            return refusals.getAndDecrement() > 0
                ? new Registration.Refused(name, "not now")
                : open.register(name, pid);
          }

          @Override
          public boolean unregister(ProcessName name, Pid pid) {
            return open.unregister(name, pid);
          }

          @Override
          public Optional<Pid> whereis(ProcessName name) {
            return open.whereis(name);
          }
        };
    ChildSpec spec = worker("standby").named(new Via(sometimes, ONLY)).standingBy();

    start(Supervisor.oneForOne(spec));

    Pid pid = ((Began) events.next()).pid();
    assertThat(open.whereis(ONLY)).contains(pid);
    assertThat(refusals.get()).isNegative();
  }

  @Test
  void a_child_without_a_name_cannot_stand_by_for_it() {
    assertThatThrownBy(
            () ->
                Supervisor.oneForOne(worker("a").standingBy())
                    .begin(node.system(), StartOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a name");
  }

  @Test
  void a_dynamic_child_cannot_stand_by() {
    DynamicSupervisorRef supervisor = node.system().start(DynamicSupervisor.create());

    assertThat(supervisor.startChild(standby())).isInstanceOf(ChildResult.BadSpec.class);
  }
}
