package io.roster.testkit.drill.gossip;

import io.roster.testkit.agent.AgentLine;
import io.roster.testkit.cluster.ChildProcesses;
import io.roster.testkit.cluster.JvmCluster;
import io.roster.testkit.cluster.JvmLaunch;
import io.roster.testkit.cluster.JvmNode;
import io.roster.testkit.cluster.SecretFile;
import io.roster.testkit.network.NetnsNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Gossiping JVMs {@code n1} to {@code nN} in network namespaces of their own, and all that they see
 * of each other. Sightings come from many threads; all else is confined to one.
 */
final class GossipHosts implements AutoCloseable {

  private static final int PORT = 7001;

  /* Eight JVMs share few cores: one collector thread and one compiler each are enough. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final NetnsNetwork network;
  private final JvmCluster jvms;
  private final List<JvmLaunch> launches;
  private final AtomicReferenceArray<JvmNode> nodes;
  private final List<Sighting> sightings = new ArrayList<>();
  private Optional<ChildProcesses> busy = Optional.empty();

  private GossipHosts(NetnsNetwork network, JvmCluster jvms, List<JvmLaunch> launches) {
    this.network = network;
    this.jvms = jvms;
    this.launches = launches;
    this.nodes = new AtomicReferenceArray<>(launches.size());
  }

  /**
   * Starts all.
   *
   * @throws IllegalStateException if this machine does not allow it, or a node does not start
   */
  static GossipHosts start(int count, Path logs, Duration within) throws InterruptedException {
    var network = NetnsNetwork.open(count);
    var jvms =
        JvmCluster.open(logs, line -> line.equals(AgentLine.of(GossipNodeMain.READY).toString()));
    var hosts = new GossipHosts(network, jvms, launches(network, jvms.folder()));
    try {
      for (int node = 1; node <= count; node++) {
        hosts.begin(node);
      }
      for (int node = 1; node <= count; node++) {
        hosts.node(node).awaitReady(within);
      }
      return hosts;
    } catch (RuntimeException | InterruptedException e) {
      hosts.close();
      throw e;
    }
  }

  private static List<JvmLaunch> launches(NetnsNetwork network, Path folder) {
    var secret = SecretFile.create(folder).path();
    var seeds = IntStream.rangeClosed(1, network.size()).mapToObj(network::address).toList();
    return IntStream.rangeClosed(1, network.size())
        .mapToObj(
            host -> {
              var arguments =
                  new ArrayList<>(
                      List.of(
                          "n" + host,
                          network.address(host),
                          String.valueOf(PORT),
                          secret.toString()));
              arguments.addAll(seeds);
              return JvmLaunch.of("n" + host, GossipNodeMain.class.getName(), arguments)
                  .withJvmOptions(JVM_OPTIONS)
                  .withPlace(network.place(host));
            })
        .toList();
  }

  NetnsNetwork network() {
    return network;
  }

  JvmNode node(int number) {
    return nodes.get(number - 1);
  }

  /** Starts a node, for the first time or again; returns at once. */
  void begin(int number) {
    nodes.set(number - 1, jvms.start(launches.get(number - 1), line -> heard(number, line)));
  }

  /** Keeps every core busy with what has nothing to do with the nodes. */
  void keepBusy(int programs) {
    var children = ChildProcesses.open();
    busy = Optional.of(children);
    try {
      for (int i = 0; i < programs; i++) {
        var _ = children.start(new ProcessBuilder("sh", "-c", "while :; do :; done"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("expected a shell at sh, got: " + e.getMessage(), e);
    }
  }

  /** Ends that. */
  void rest() {
    busy.ifPresent(ChildProcesses::close);
    busy = Optional.empty();
  }

  /** All that was seen from a moment on, in order. */
  List<Sighting> since(long nanos) {
    synchronized (sightings) {
      return sightings.stream()
          .filter(sighting -> sighting.atNanos() >= nanos)
          .sorted(Comparator.comparingLong(Sighting::atNanos))
          .toList();
    }
  }

  /** Whether nobody has suspected anybody for so long. */
  boolean isCalm(Duration time) {
    return since(System.nanoTime() - time.toNanos()).stream()
        .noneMatch(sighting -> sighting.kind() != Sighting.Kind.REFUTED);
  }

  /** Whether each of these nodes sees each of those alive, unsuspected. */
  boolean sees(List<Integer> observers, List<Integer> subjects) {
    Set<List<Integer>> alive = new HashSet<>();
    for (var sighting : since(Long.MIN_VALUE)) {
      var pair = List.of(sighting.observer(), sighting.subject());
      switch (sighting.kind()) {
        case UP, REFUTED -> alive.add(pair);
        case DOWN, SUSPECTED -> alive.remove(pair);
      }
    }
    return observers.stream()
        .allMatch(
            observer ->
                subjects.stream()
                    .allMatch(
                        subject ->
                            observer.equals(subject)
                                || alive.contains(List.of(observer, subject))));
  }

  /** Whether a node was last seen to go by each of these others. */
  boolean gone(List<Integer> observers, int subject) {
    Set<Integer> down = new HashSet<>();
    for (var sighting : since(Long.MIN_VALUE)) {
      if (sighting.subject() == subject) {
        switch (sighting.kind()) {
          case DOWN -> down.add(sighting.observer());
          case UP -> down.remove(sighting.observer());
          case SUSPECTED, REFUTED -> {}
        }
      }
    }
    return down.containsAll(observers);
  }

  /** What a node that started again had seen in its earlier life is forgotten. */
  void forgetViewOf(int observer) {
    synchronized (sightings) {
      sightings.removeIf(sighting -> sighting.observer() == observer);
    }
  }

  private void heard(int observer, String text) {
    var line = AgentLine.parse(text).filter(one -> one.words().size() == 2);
    line.flatMap(one -> sighting(observer, one)).ifPresent(this::add);
  }

  private void add(Sighting sighting) {
    synchronized (sightings) {
      sightings.add(sighting);
    }
  }

  private static Optional<Sighting> sighting(int observer, AgentLine line) {
    int subject = Integer.parseInt(line.word(0).substring(1));
    return subject == observer
        ? Optional.empty()
        : Optional.of(
            new Sighting(
                observer,
                subject,
                Sighting.Kind.valueOf(line.verb()),
                Long.parseLong(line.word(1))));
  }

  @Override
  public void close() {
    rest();
    jvms.close();
    network.close();
  }
}
