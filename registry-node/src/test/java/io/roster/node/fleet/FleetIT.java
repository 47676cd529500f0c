package io.roster.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.node.fleet.FleetCluster.Node;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FleetIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TallyFleet tallies = new TallyFleet();
  private final FleetCluster cluster = tallies.cluster;

  @AfterEach
  void close() {
    tallies.close();
  }

  @Test
  void a_worker_runs_where_the_ring_says_and_answers_from_every_node() {
    Node a = cluster.start("a");
    Node b = cluster.start("b");
    Node c = cluster.start("c");

    List<ProcessName> names = tallies.startAll(a, 30);

    for (ProcessName name : names) {
      Pid pid = a.names.whereis(name).orElseThrow();
      assertThat(a.fleet.placeOf(name)).contains(pid.nodeName());
      assertThat(add(b, name, 1)).isEqualTo(1);
      assertThat(add(c, name, 2)).isEqualTo(2);
    }
    assertThat(perNode(a, names)).hasSize(3);
  }

  @Test
  void a_worker_is_wanted_once() {
    Node a = cluster.start("a");
    ProcessName name = new ProcessName("one");
    Pid pid = a.fleet.start(name, "tally", "").orElseThrow();

    assertThat(a.fleet.start(name, "tally", ""))
        .isEqualTo(new WorkerStart.AlreadyWanted("tally", Optional.of(pid)));
  }

  @Test
  void an_init_that_ignores_refuses_or_throws_leaves_no_wish() { // case 78
    Node a = cluster.start("a");
    Node b = cluster.start("b");
    ProcessName name = new ProcessName("one");

    for (Node node : List.of(a, b)) {
      await().atMost(PATIENCE).until(() -> node.fleet.workers().isEmpty());
      assertThat(node.fleet.start(name, "tally", "ignore")).isEqualTo(new WorkerStart.Ignored());
      assertThat(node.fleet.start(name, "tally", "refuse"))
          .isInstanceOfSatisfying(
              WorkerStart.Failed.class, f -> assertThat(f.reason()).contains("no such table"));
      assertThat(node.fleet.start(name, "tally", "throw"))
          .isInstanceOfSatisfying(
              WorkerStart.Failed.class, f -> assertThat(f.reason()).contains("init is broken"));
    }

    await().atMost(PATIENCE).until(() -> b.fleet.workers().isEmpty());
    assertThat(a.fleet.start(name, "tally", "")).isInstanceOf(WorkerStart.Started.class);
  }

  @Test
  void bad_input_is_told_and_changes_nothing() {
    Node a = cluster.start("a");
    ProcessName name = new ProcessName("one");

    assertThat(a.fleet.start(name, "talley", ""))
        .isEqualTo(new WorkerStart.UnknownType("talley", a.fleet.types()));
    assertThat(a.fleet.start(name, "tally", new Object()))
        .isInstanceOf(WorkerStart.BadArguments.class);
    assertThat(a.fleet.stop(name)).isFalse();
    assertThat(a.fleet.workers()).isEmpty();
  }

  @Test
  void workers_of_a_dead_node_run_elsewhere_each_once() { // case 68
    Node a = cluster.start("a");
    Node b = cluster.start("b");
    Node c = cluster.start("c");
    List<ProcessName> names = tallies.startAll(a, 200);

    cluster.kill(c);

    tallies.awaitPlaced(a, names);
    tallies.awaitPlaced(b, names);
    assertThat(perNode(a, names)).hasSize(2);
    assertThat(a.fleet.stats().running() + b.fleet.stats().running()).isEqualTo(200);
    names.forEach(name -> assertThat(add(a, name, 7)).isPositive());
  }

  @Test
  void a_crashed_worker_starts_again_and_one_that_ended_normally_does_not() { // case 70
    Node a = cluster.start("a");
    ProcessName crashing = new ProcessName("crashing");
    ProcessName finishing = new ProcessName("finishing");
    Pid before = a.fleet.start(crashing, "tally", "").orElseThrow();
    a.fleet.start(finishing, "tally", "").orElseThrow();

    TallyLoad.server(a, crashing).cast(new Tally.Crash());
    TallyLoad.server(a, finishing).cast(new Tally.Finish());

    await()
        .atMost(PATIENCE)
        .until(() -> a.names.whereis(crashing).filter(p -> !p.equals(before)).isPresent());
    await().atMost(PATIENCE).until(() -> a.fleet.workers().size() == 1);
    assertThat(a.names.whereis(finishing)).isEmpty();
  }

  @Test
  void a_stopped_worker_ends_wherever_it_runs() {
    Node a = cluster.start("a");
    Node b = cluster.start("b");
    List<ProcessName> names = tallies.startAll(a, 20);

    names.forEach(name -> assertThat(b.fleet.stop(name)).isTrue());

    await().atMost(PATIENCE).until(() -> names.stream().allMatch(n -> absent(a, n)));
    assertThat(a.fleet.workers()).isEmpty();
    assertThat(a.fleet.start(names.getFirst(), "tally", ""))
        .isInstanceOf(WorkerStart.Started.class);
  }

  @Test
  void watchers_of_the_old_process_learn_where_it_went() {
    Node a = cluster.start("a");
    List<ProcessName> names = tallies.startAll(a, 20);
    Map<ProcessName, Pid> before = pids(a, names);
    var ends = new ConcurrentHashMap<ProcessName, ExitReason>();
    before.forEach((name, pid) -> a.processes.whenExited(pid, reason -> ends.put(name, reason)));

    Node b = cluster.start("b");

    await().atMost(PATIENCE).until(() -> b.fleet.stats().movedIn() > 0);
    tallies.awaitPlaced(a, names);
    Map<ProcessName, ExitReason> expected = new HashMap<>();
    pids(a, names)
        .forEach(
            (name, pid) -> {
              if (!before.containsValue(pid)) {
                expected.put(name, new ExitReason.Moved(pid));
              }
            });
    assertThat(expected).isNotEmpty();
    await().atMost(PATIENCE).until(() -> ends.equals(expected));
  }

  @Test
  void workers_move_under_load_when_nodes_join_and_leave_and_lose_nothing() { // case 82
    Node a = cluster.start("a");
    Node b = cluster.start("b");
    List<ProcessName> names = tallies.startAll(a, 60);
    try (var load = new TallyLoad(a, names, false)) {
      await().atMost(PATIENCE).until(() -> load.acknowledged() > 500);

      Node c = cluster.start("c");
      await().atMost(PATIENCE).until(() -> c.fleet.stats().movedIn() > 0);
      tallies.awaitPlaced(a, names);
      await().atMost(PATIENCE).until(() -> b.fleet.stats().movesRunning() == 0);
      int afterJoin = load.acknowledged();
      await().atMost(PATIENCE).until(() -> load.acknowledged() > afterJoin + 500);

      assertThat(b.fleet.drainProgress()).isEqualTo(new DrainReport(0, 0));
      var drain = b.fleet.drain();
      // What a caller whose patience ends early is told.
      await().atMost(PATIENCE).until(() -> b.fleet.drainProgress().moved() > 0);
      DrainReport drained = drain.orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(b.fleet.drainProgress()).isEqualTo(drained);
      cluster.leave(b);
      assertThat(drained.ended()).isZero();
      assertThat(drained.moved()).isPositive();
      tallies.awaitPlaced(a, names);
      int afterLeave = load.acknowledged();
      await().atMost(PATIENCE).until(() -> load.acknowledged() > afterLeave + 500);

      load.finish();
      assertThat(load.failures()).isEmpty();
      load.byName()
          .forEach((name, numbers) -> assertThat(TallyLoad.numbers(a, name)).isEqualTo(numbers));
    }
  }

  private static boolean absent(Node node, ProcessName name) {
    return node.names.whereis(name).isEmpty();
  }

  private static Map<ProcessName, Pid> pids(Node node, List<ProcessName> names) {
    return names.stream()
        .collect(Collectors.toMap(n -> n, n -> node.names.whereis(n).orElseThrow()));
  }

  private static Map<String, Long> perNode(Node node, List<ProcessName> names) {
    return names.stream()
        .collect(
            Collectors.groupingBy(
                n -> node.names.whereis(n).orElseThrow().nodeName().value(),
                TreeMap::new,
                Collectors.counting()));
  }

  private static int add(Node node, ProcessName name, long number) {
    return TallyLoad.server(node, name)
        .<Integer>call(replyTo -> new Tally.Add(number, replyTo), Duration.ofSeconds(10))
        .orElseThrow();
  }
}
