package io.roster.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.net.codec.MessageTypes;
import io.roster.node.fleet.FleetCluster.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes whose fleet runs tallies, settled quickly. */
final class TallyFleet implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final FleetCluster cluster =
      new FleetCluster(
          MessageTypes.builder()
              .register("tally", Tally.Message.class)
              .register("tally-state", Tally.State.class)
              .build(),
          FleetOptions.DEFAULT.withSettling(Duration.ofMillis(100), Duration.ofMillis(300)),
          fleet -> fleet.register(Tally.type()));

  /**
   * Starts {@code count} tallies through {@code node} and waits until all nodes see them placed.
   */
  List<ProcessName> startAll(Node node, int count) {
    List<ProcessName> names =
        IntStream.range(0, count).mapToObj(i -> new ProcessName("w" + i)).toList();
    var starts = names.stream().map(n -> node.fleet.startAsync(n, "tally", "")).toList();
    starts.forEach(
        start ->
            assertThat(start.orTimeout(30, TimeUnit.SECONDS).join())
                .isInstanceOf(WorkerStart.Started.class));
    cluster.nodes().forEach(n -> awaitPlaced(n, names));
    return names;
  }

  /** Waits until {@code node} sees every one of {@code names} where it belongs. */
  void awaitPlaced(Node node, List<ProcessName> names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(names.stream().filter(n -> !isPlaced(node, n)).map(this::tell))
                    .isEmpty());
  }

  static boolean isPlaced(Node node, ProcessName name) {
    Optional<Pid> pid = node.names.whereis(name);
    return pid.isPresent() && pid.map(Pid::nodeName).equals(node.fleet.placeOf(name));
  }

  /** What every node thinks of a worker. */
  String tell(ProcessName name) {
    return cluster.nodes().stream()
        .map(
            n ->
                "%s: %s belongs on %s, has %s; "
                    .formatted(n.id.name(), name, n.fleet.placeOf(name), n.names.claim(name)))
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    cluster.close();
  }
}
