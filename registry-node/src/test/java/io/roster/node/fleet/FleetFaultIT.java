package io.roster.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.ProcessName;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.wire.WireException;
import io.roster.node.fleet.FleetCluster.Node;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.node.fleet.wire.FleetWire;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ends of moves that die, and frames that are lost, under load. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FleetFaultIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TallyFleet tallies = new TallyFleet();
  private final FleetCluster cluster = tallies.cluster;

  @AfterEach
  void close() {
    tallies.close();
  }

  static Stream<Class<? extends HandOffMessage>> fromSource() {
    return Stream.of(
        HandOffMessage.Prepare.class,
        HandOffMessage.Chunk.class,
        HandOffMessage.Commit.class,
        HandOffMessage.BacklogEnd.class);
  }

  static Stream<Class<? extends HandOffMessage>> fromTarget() {
    return Stream.of(
        HandOffMessage.Prepared.class,
        HandOffMessage.Ready.class,
        HandOffMessage.Taken.class,
        HandOffMessage.Opened.class);
  }

  @ParameterizedTest(name = "instead of saying {0}")
  @MethodSource("fromTarget")
  void a_target_that_dies_leaves_every_worker_once_and_what_it_did_not_own_intact(
      Class<? extends HandOffMessage> last) { // case 83
    diesInsteadOfSaying(last);
  }

  @ParameterizedTest(name = "instead of saying {0}")
  @MethodSource("fromSource")
  void a_source_that_dies_leaves_every_worker_once_and_what_it_did_not_own_intact(
      Class<? extends HandOffMessage> last) { // case 84
    diesInsteadOfSaying(last);
  }

  private void diesInsteadOfSaying(Class<? extends HandOffMessage> last) {
    Node clients = cluster.start("clients", 0);
    cluster.start("a");
    cluster.start("b");
    List<ProcessName> names = tallies.startAll(clients, 40);
    try (var load = new TallyLoad(clients, names, true)) {
      await().atMost(PATIENCE).until(() -> load.acknowledged() > 200);
      var victim = new AtomicReference<Optional<Node>>(Optional.empty());
      Set<ProcessName> mayForget = ConcurrentHashMap.newKeySet();
      cluster.loses =
          (sender, frame) -> {
            if (isSaid(frame, last)
                && victim.compareAndSet(Optional.empty(), Optional.of(sender))) {
              // The workers that live and die with it. A worker on its way is not among them: if
              // its source dies it has the right to, but not if its target does.
              mayForget.addAll(ownedBy(clients, sender));
              var _ = Thread.ofPlatform().start(() -> cluster.kill(sender));
            }
            return victim.get().filter(sender::equals).isPresent();
          };

      cluster.start("c");

      await().atMost(PATIENCE).until(() -> victim.get().isPresent());
      await().atMost(PATIENCE).until(() -> cluster.nodes().size() == 3);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(running()).as(this::tell).isEqualTo(names.size()));
      tallies.awaitPlaced(clients, names);
      int before = load.acknowledged();
      await().atMost(PATIENCE).until(() -> load.acknowledged() > before + 200);
      load.finish();
      assertThat(running()).isEqualTo(names.size());
      for (ProcessName name : names) {
        List<Long> kept = TallyLoad.numbers(clients, name);
        assertThat(kept).as("%s", name).doesNotHaveDuplicates().isSorted();
        if (!mayForget.contains(name)) {
          assertThat(kept).as("%s", name).containsAll(load.byName().getOrDefault(name, List.of()));
        }
      }
    }
  }

  @Test
  void frames_that_are_lost_delay_moves_and_lose_no_message() {
    Node clients = cluster.start("clients", 0);
    cluster.start("a");
    cluster.start("b");
    List<ProcessName> names = tallies.startAll(clients, 40);
    try (var load = new TallyLoad(clients, names, false)) {
      await().atMost(PATIENCE).until(() -> load.acknowledged() > 200);
      cluster.loses =
          (_, frame) ->
              isSaid(frame, HandOffMessage.class) && ThreadLocalRandom.current().nextInt(5) == 0;

      Node c = cluster.start("c");
      await().atMost(PATIENCE).until(() -> c.fleet.stats().movedIn() > 0);
      tallies.awaitPlaced(clients, names);

      load.finish();
      assertThat(load.failures()).isEmpty();
      load.byName()
          .forEach(
              (name, numbers) -> assertThat(TallyLoad.numbers(clients, name)).isEqualTo(numbers));
    }
  }

  @Test
  void after_a_split_each_worker_is_there_once_and_knows_what_both_sides_were_told() { // case 81
    Node a = cluster.start("a");
    Node b = cluster.start("b");
    Node c = cluster.start("c");
    List<ProcessName> names = tallies.startAll(a, 30);
    names.forEach(name -> add(a, name, 1));

    cluster.cut(c);
    tallies.awaitPlaced(a, names);
    tallies.awaitPlaced(c, names);
    names.forEach(name -> add(a, name, 2));
    names.forEach(name -> add(c, name, 3));
    cluster.heal();

    for (Node node : List.of(a, b, c)) {
      tallies.awaitPlaced(node, names);
    }
    await().atMost(PATIENCE).until(() -> running() == names.size());
    for (ProcessName name : names) {
      assertThat(Set.of(a, b, c))
          .extracting(n -> n.names.whereis(name))
          .containsOnly(a.names.whereis(name));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(TallyLoad.numbers(b, name)).contains(2L, 3L).doesNotHaveDuplicates());
    }
  }

  /** What each node says of its part, for a failure. */
  private String tell() {
    return cluster.nodes().stream()
        .map(n -> "%s: %s, %s%n".formatted(n.id, n.fleet.stats(), n.fleet.moves()))
        .collect(Collectors.joining());
  }

  private int running() {
    return cluster.nodes().stream().mapToInt(n -> n.fleet.stats().running()).sum();
  }

  private static void add(Node node, ProcessName name, long number) {
    var _ =
        TallyLoad.server(node, name)
            .<Integer>call(replyTo -> new Tally.Add(number, replyTo), Duration.ofSeconds(10))
            .orElseThrow();
  }

  private static boolean isSaid(Frame frame, Class<? extends HandOffMessage> type) {
    if (frame.feature() != Feature.FLEET) {
      return false;
    }
    try {
      return FleetWire.decode(frame.payload())
              instanceof FleetWire.Said.OfMove(HandOffMessage message)
          && type.isInstance(message);
    } catch (WireException e) {
      throw new IllegalStateException("a node sent what cannot be read", e);
    }
  }

  private static Set<ProcessName> ownedBy(Node view, Node owner) {
    var owned = new HashSet<ProcessName>();
    view.names
        .names()
        .forEach(
            (name, pid) -> {
              if (pid.node().equals(owner.id)) {
                owned.add(name);
              }
            });
    return owned;
  }
}
