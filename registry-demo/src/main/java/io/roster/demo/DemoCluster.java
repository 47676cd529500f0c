package io.roster.demo;

import io.roster.demo.chat.ChatTypes;
import io.roster.demo.chat.Lobby;
import io.roster.net.client.ClientResult;
import io.roster.net.client.ClientTarget;
import io.roster.net.client.RosterClient;
import io.roster.net.codec.MessageTypes;
import io.roster.net.transport.netty.Cookie;
import io.roster.net.transport.netty.LinkOptions;
import io.roster.testkit.cluster.JvmCluster;
import io.roster.testkit.cluster.JvmLaunch;
import io.roster.testkit.cluster.JvmNode;
import io.roster.testkit.cluster.ReadyLine;
import io.roster.testkit.cluster.SecretFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The demo's nodes, each a JVM on this machine, with ports of the system's choice and a throw-away
 * secret. Confined to the demo's threads: one at a time.
 */
final class DemoCluster implements AutoCloseable {

  private static final String CLUSTER = "roster-demo";
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration LEFT_WITHIN = Duration.ofSeconds(90);
  private static final Duration IN_PLACE_WITHIN = Duration.ofSeconds(60);
  private static final Duration ASK_WITHIN = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private final JvmCluster jvms;
  private final SecretFile secret;
  private final int heapMegabytes;
  private final Map<String, JvmNode> nodes = new LinkedHashMap<>();
  private final Map<String, ReadyLine> addresses = new LinkedHashMap<>();

  DemoCluster(Path folder, int heapMegabytes) {
    this.jvms = JvmCluster.open(folder, ReadyLine::is);
    this.secret = SecretFile.create(folder);
    this.heapMegabytes = heapMegabytes;
  }

  /** Starts nodes and waits until they are ready. The first one of all begins the cluster. */
  void start(List<String> names) throws InterruptedException {
    var started = new ArrayList<String>();
    for (var name : names) {
      if (addresses.isEmpty() && !started.isEmpty()) {
        awaitReady(started);
        started.clear();
      }
      launch(name);
      started.add(name);
    }
    awaitReady(started);
  }

  private void launch(String name) {
    var arguments =
        new ArrayList<>(
            List.of(
                "node",
                "--json",
                "--name=" + name,
                "--cluster=" + CLUSTER,
                "--port=0",
                "--secret-file=" + secret.path()));
    if (!addresses.isEmpty()) {
      arguments.add(
          addresses.values().stream()
              .map(ready -> ready.gossip().toString())
              .collect(Collectors.joining(",", "--seeds=", "")));
    }
    /* Several JVMs share this machine with the client: one collector thread each is enough. */
    var launch =
        JvmLaunch.of(name, "io.roster.node.cli.Main", arguments)
            .withJvmOptions(
                List.of(
                    "-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    nodes.put(name, jvms.start(launch));
  }

  private void awaitReady(List<String> names) throws InterruptedException {
    for (var name : names) {
      addresses.put(name, ReadyLine.parse(node(name).awaitReady(READY_WITHIN)));
    }
  }

  /** A client that knows every node that was ever ready. */
  RosterClient client() {
    var builder =
        RosterClient.builder(LinkOptions.of(CLUSTER, Cookie.of(secret.text())))
            .label("demo")
            .types(MessageTypes.builder().registerAll(ChatTypes.messages()).build());
    addresses.values().forEach(ready -> builder.address(ready.link().host(), ready.link().port()));
    return builder.open();
  }

  /** Asks a node to leave and waits until it has. */
  void leave(String name) throws InterruptedException {
    if (!node(name).stop(LEFT_WITHIN)) {
      throw new IllegalStateException(
          "node %s: has not left within %d s%n%s"
              .formatted(name, LEFT_WITHIN.toSeconds(), node(name).logTail()));
    }
  }

  /**
   * Waits until a node sees so many nodes, and every room where it belongs.
   *
   * @throws IllegalStateException if that takes too long
   */
  void awaitInPlace(RosterClient client, String observer, int expected)
      throws InterruptedException {
    Predicate<Lobby.Status> isSettled =
        status -> status.nodes().size() == expected && status.inPlace() == status.rooms();
    long deadline = System.nanoTime() + IN_PLACE_WITHIN.toNanos();
    Optional<Lobby.Status> status = status(client, observer);
    while (!status.filter(isSettled).isPresent()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "expected %d nodes with every room in its place within %d s, got: %s"
                .formatted(expected, IN_PLACE_WITHIN.toSeconds(), status));
      }
      Thread.sleep(POLL);
      status = status(client, observer);
    }
  }

  /** How a node sees the cluster, if it answers. */
  Optional<Lobby.Status> status(RosterClient client, String observer) {
    ClientResult<Lobby.Status> result =
        client.call(ClientTarget.onNode(Lobby.NAME, observer), Lobby.Ask::new, ASK_WITHIN);
    return result instanceof ClientResult.Answered<Lobby.Status>(Lobby.Status status)
        ? Optional.of(status)
        : Optional.empty();
  }

  /** How many JVMs were started. */
  int started() {
    return nodes.size();
  }

  /** How many JVMs run. */
  int running() {
    return (int) nodes.values().stream().filter(JvmNode::isAlive).count();
  }

  private JvmNode node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException("invariant: node " + name + " was started");
    }
    return node;
  }

  @Override
  public void close() {
    jvms.close();
  }
}
