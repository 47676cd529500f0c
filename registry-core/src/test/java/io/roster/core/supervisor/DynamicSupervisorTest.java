package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.CallResult;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Ended;
import io.roster.core.supervisor.TestWorker.Event;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DynamicSupervisorTest extends SupervisorCase {

  private final AtomicBoolean broken = new AtomicBoolean();

  private ChildSpec worker() {
    return ChildSpec.worker(
        "w",
        () ->
            new TestWorker(
                "w", events, false, () -> broken.get() ? Init.stop(BOOM) : Init.ok("w")));
  }

  private DynamicSupervisorRef start(DynamicSupervisor supervisor) {
    return node.system().start(supervisor);
  }

  private void end(DynamicSupervisorRef supervisor, ExitReason reason) {
    TestWorker.end(node, supervisor.children().getFirst(), reason);
  }

  @Test
  void ids_need_not_differ() {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());

    Pid first = supervisor.startChild(worker()).orElseThrow();
    Pid second = supervisor.startChild(worker()).orElseThrow();

    assertThat(supervisor.children().stream().flatMap(child -> child.pid().stream()))
        .containsExactly(first, second);
    assertThat(supervisor.counts()).isEqualTo(new ChildCounts(2, 2, 0, 2));
  }

  @Test
  void a_terminated_child_is_forgotten() {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    Pid pid = supervisor.startChild(worker()).orElseThrow();

    assertThat(supervisor.terminateChild(pid)).isEqualTo(new ChildResult.Done());

    assertThat(node.system().isAlive(pid)).isFalse();
    assertThat(supervisor.terminateChild(pid)).isEqualTo(new ChildResult.NotFound());
    assertThat(supervisor.counts().specs()).isZero();
  }

  @Test
  void a_name_that_is_taken_is_told_with_its_holder() {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    Pid first = supervisor.startChild(worker().named("only")).orElseThrow();

    assertThat(supervisor.startChild(worker().named("only")))
        .isEqualTo(new ChildResult.AlreadyStarted(first));
    assertThat(supervisor.counts().specs()).isOne();
  }

  @Test
  void a_restarted_child_has_its_name_again() {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    Pid first = supervisor.startChild(worker().named("only")).orElseThrow();
    events.next();

    node.system().exit(first, ExitReason.killed());

    var again = (TestWorker.Began) events.next();
    assertThat(node.system().whereis(new ProcessName("only"))).contains(again.pid());
  }

  @Test
  void no_more_children_than_allowed() { // case 107
    DynamicSupervisorRef none = start(DynamicSupervisor.create().withChildrenMax(0));
    DynamicSupervisorRef one = start(DynamicSupervisor.create().withChildrenMax(1));

    assertThat(none.startChild(worker())).isEqualTo(new ChildResult.MaxChildren(0));
    assertThat(one.startChild(worker())).isInstanceOf(ChildResult.Started.class);
    assertThat(one.startChild(worker())).isEqualTo(new ChildResult.MaxChildren(1));
  }

  @Test
  void a_restarting_child_counts_as_one_that_is_not_active() { // case 102
    DynamicSupervisorRef supervisor =
        start(
            DynamicSupervisor.create()
                .withChildrenMax(1)
                .withLimit(RestartLimit.of(1_000_000, Duration.ofHours(1))));
    supervisor.startChild(worker());
    broken.set(true);

    end(supervisor, BOOM);

    LocalNode.eventually("it is restarting", () -> supervisor.counts().active() == 0);
    assertThat(supervisor.counts().specs()).isOne();
    assertThat(supervisor.startChild(worker())).isEqualTo(new ChildResult.MaxChildren(1));
  }

  @Test
  void a_child_that_waits_for_a_restart_is_terminated_by_its_last_process() { // case 107
    DynamicSupervisorRef supervisor =
        start(DynamicSupervisor.create().withLimit(RestartLimit.of(100, LONG)));
    Pid pid = supervisor.startChild(worker()).orElseThrow();
    broken.set(true);
    node.system().exit(pid, ExitReason.killed());
    LocalNode.eventually(
        "it waits", () -> supervisor.children().getFirst().status() == ChildInfo.Status.RESTARTING);

    ChildResult first = supervisor.terminateChild(pid);

    assertThat(first).isEqualTo(new ChildResult.Done());
    assertThat(supervisor.terminateChild(pid)).isEqualTo(new ChildResult.NotFound());
    assertThat(supervisor.counts().specs()).isZero();
  }

  @Test
  void a_child_that_ignores_is_not_kept() {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());

    ChildResult result =
        supervisor.startChild(
            ChildSpec.worker("w", () -> new TestWorker("w", events, false, Init::ignore)));

    assertThat(result).isEqualTo(new ChildResult.Ignored());
    assertThat(supervisor.counts().specs()).isZero();
  }

  @Test
  void a_child_that_ignores_when_restarted_is_forgotten() {
    var first = new AtomicInteger();
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    supervisor.startChild(
        ChildSpec.worker(
            "w",
            () ->
                new TestWorker(
                    "w",
                    events,
                    false,
                    () -> first.getAndIncrement() == 0 ? Init.ok("w") : Init.ignore())));

    end(supervisor, BOOM);

    LocalNode.eventually("it is forgotten", () -> supervisor.counts().specs() == 0);
  }

  @Test
  void too_many_restarts_end_it_with_all_its_children() { // case 107
    DynamicSupervisorRef supervisor =
        start(DynamicSupervisor.create().withLimit(RestartLimit.of(0, LONG)));
    var watch = node.system().watchExit(supervisor.pid().orElseThrow());
    supervisor.startChild(worker());
    supervisor.startChild(worker());

    end(supervisor, BOOM);

    assertThat(watch.await(LONG)).contains(new ExitReason.Shutdown("reached the restart limit"));
    assertThat(node.system().processes()).isEmpty();
  }

  @Test
  void all_children_are_asked_to_stop_at_once() { // cases 92, 93
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    var gate = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      supervisor.startChild(ChildSpec.worker("w", () -> new Meeting(gate)));
    }

    assertThat(supervisor.stop(LONG)).contains(ExitReason.shutdown());

    assertThat(gate.getCount()).isZero();
    assertThat(node.reports()).isEmpty();
  }

  @Test
  void a_deaf_child_is_killed_when_its_time_is_over() { // case 107
    node.allowZombies();
    var release = new AtomicBoolean();
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    Pid pid =
        supervisor
            .startChild(deaf(release).withShutdown(new Shutdown.Within(Duration.ofMillis(20))))
            .orElseThrow();

    assertThat(supervisor.terminateChild(pid)).isEqualTo(new ChildResult.Done());

    assertThat(node.system().isAlive(pid)).isFalse();
    release.set(true);
  }

  @Test
  void a_deaf_child_is_killed_in_its_time_whoever_started_before_it_takes_long() {
    node.allowZombies();
    var release = new AtomicBoolean();
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    List<Pid> patient =
        Stream.of(new Shutdown.Unbounded(), new Shutdown.Within(Duration.ofHours(1)))
            .map(time -> supervisor.startChild(deaf(release).withShutdown(time)).orElseThrow())
            .toList();
    List<Pid> hasty =
        Stream.of(new Shutdown.Within(Duration.ofMillis(20)), new Shutdown.Brutal())
            .map(time -> supervisor.startChild(deaf(release).withShutdown(time)).orElseThrow())
            .toList();
    var stopped = new Probe<Optional<ExitReason>>();
    node.system().spawn(_ -> stopped.put(supervisor.stop(LONG)));

    try {
      LocalNode.eventually(
          "those with little time are killed",
          () -> hasty.stream().noneMatch(node.system()::isAlive));
      assertThat(patient).allMatch(node.system()::isAlive);
    } finally {
      release.set(true);
    }
    assertThat(stopped.next()).contains(ExitReason.shutdown());
  }

  @Test
  void a_slow_init_of_one_child_holds_up_no_other() {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    var go = new Probe<Boolean>();
    var slow = supervisor.startChildLater(slowUntil(go));

    assertThat(supervisor.startChild(worker())).isInstanceOf(ChildResult.Started.class);
    assertThat(slow.poll()).isEmpty();
    go.put(true);
    assertThat(slow.await(LONG)).isInstanceOf(CallResult.Replied.class);
  }

  @Test
  void a_start_is_told_while_the_supervisor_is_busy() {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    var begin = new Probe<Boolean>();
    var busy = new Probe<Boolean>();
    var free = new Probe<Boolean>();
    var first = supervisor.startChildLater(slowUntil(begin));
    var second =
        supervisor.startChildLater(
            ChildSpec.worker(
                "second",
                () -> {
                  busy.put(true);
                  free.next();
                  return new TestWorker("second", events);
                }));
    busy.next();

    begin.put(true);
    var result = first.await(LONG);

    assertThat(result.orElseThrow()).isInstanceOf(ChildResult.Started.class);
    assertThat(second.poll()).isEmpty();
    free.put(true);
    assertThat(second.await(LONG).orElseThrow()).isInstanceOf(ChildResult.Started.class);
    assertThat(supervisor.children().getFirst())
        .returns(ChildInfo.Status.RUNNING, ChildInfo::status)
        .returns(Optional.of(result.orElseThrow().orElseThrow()), ChildInfo::pid);
  }

  private ChildSpec slowUntil(Probe<Boolean> go) {
    return ChildSpec.worker(
        "slow",
        () ->
            new TestWorker(
                "slow",
                events,
                false,
                () -> {
                  go.next();
                  return Init.ok("slow");
                }));
  }

  @Test
  void a_child_that_is_dead_when_its_start_succeeds_is_restarted() throws InterruptedException {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    var began = new Probe<Pid>();
    var dying = new Probe<Boolean>();
    var dead = new Probe<Boolean>();
    var go = new AtomicBoolean();
    var start = supervisor.startChildLater(slowToDie(began, dying, dead, go));
    Pid first = began.next();
    Thread killer = Thread.ofVirtual().start(() -> node.system().exit(first, ExitReason.killed()));
    dying.next();
    // The link has told the supervisor by now, and this comes after it.
    assertThat(supervisor.counts().specs()).isOne();

    go.set(true);

    assertThat(start.await(LONG).orElseThrow()).isEqualTo(new ChildResult.Started(first));
    assertThat(began.next()).isNotEqualTo(first);
    dead.put(true);
    killer.join();
  }

  /** Deaf in its first {@code init}; whoever ends it is held up before the start fails by that. */
  private ChildSpec slowToDie(
      Probe<Pid> began, Probe<Boolean> dying, Probe<Boolean> dead, AtomicBoolean go) {
    return ChildSpec.worker(
        "w",
        () ->
            new TestWorker(
                "w",
                events,
                false,
                () -> {
                  Pid self = node.system().self();
                  if (!go.get()) {
                    node.system()
                        .whenExited(
                            self,
                            _ -> {
                              dying.put(true);
                              dead.next();
                            });
                  }
                  // Not before the line above: it may be killed from here on.
                  began.put(self);
                  while (!go.get()) {
                    Thread.onSpinWait();
                  }
                  return Init.ok("w");
                }));
  }

  @Test
  void a_child_may_start_another_from_its_init() {
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());

    ChildResult result =
        supervisor.startChild(
            ChildSpec.worker(
                "outer",
                () ->
                    new TestWorker(
                        "outer",
                        events,
                        false,
                        () -> {
                          supervisor.startChild(worker()).orElseThrow();
                          return Init.ok("outer");
                        })));

    assertThat(result).isInstanceOf(ChildResult.Started.class);
    assertThat(events.next(2)).extracting(Event::id).containsExactly("w", "outer");
  }

  @Test
  void a_child_that_ends_badly_when_stopped_is_reported() { // case 93
    DynamicSupervisorRef supervisor = start(DynamicSupervisor.create());
    Pid pid =
        supervisor
            .startChild(ChildSpec.worker("bad", () -> new TestWorker.BadlyEnding(events)))
            .orElseThrow();

    supervisor.stop(LONG);

    assertThat(events.next()).isInstanceOf(Ended.class);
    assertThat(node.reports())
        .filteredOn(SupervisorReport.ChildStoppedBadly.class::isInstance)
        .extracting(report -> ((SupervisorReport.ChildStoppedBadly) report).pid())
        .containsExactly(pid);
  }

  @Test
  void a_relinquished_child_is_forgotten_and_does_not_count() {
    DynamicSupervisorRef supervisor =
        start(DynamicSupervisor.create().withLimit(RestartLimit.of(0, LONG)));
    Pid other = supervisor.startChild(worker()).orElseThrow();
    Pid moved = supervisor.startChild(worker()).orElseThrow();

    node.system().exit(moved, new ExitReason.Moved(other));

    LocalNode.eventually("it is forgotten", () -> supervisor.counts().specs() == 1);
    assertThat(Set.copyOf(node.system().processes()))
        .containsExactlyInAnyOrder(other, supervisor.pid().orElseThrow());
  }

  /** Ends only when all of its kind are ending. */
  private static final class Meeting implements GenServer<String, String> {

    private final CountDownLatch gate;

    private Meeting(CountDownLatch gate) {
      this.gate = gate;
    }

    @Override
    public Init<String> init(ProcessContext self) {
      self.trapExits(true);
      return Init.ok("");
    }

    @Override
    public Next<String> handle(String message, String state) {
      return Next.proceed(state);
    }

    @Override
    public void terminate(ExitReason reason, String state) throws InterruptedException {
      gate.countDown();
      assertThat(gate.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }
}
