package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.CallResult;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.net.client.ClientResult;
import io.roster.net.client.ClientTarget;
import io.roster.net.client.RosterClient;
import io.roster.net.codec.MessageTypes;
import io.roster.net.transport.netty.Cookie;
import io.roster.net.transport.netty.LinkOptions;
import io.roster.net.transport.netty.NettyTransport;
import io.roster.node.admin.NodeView;
import io.roster.node.config.ClusterOptions;
import io.roster.node.config.DiscoveryOptions;
import io.roster.node.config.HostPort;
import io.roster.node.config.ListenOptions;
import io.roster.node.config.NodeOptions;
import io.roster.node.config.Preset;
import io.roster.node.config.Secret;
import io.roster.node.fleet.WorkerStart;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole nodes in one JVM, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(180)
class ClusterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<RosterNode> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.reversed().forEach(RosterNode::close);
  }

  @Test
  void three_nodes_see_each_other_and_are_ready() throws Exception {
    var all = startThree();

    for (var node : all) {
      assertThat(node.awaitReady(PATIENCE)).as(node.view().readiness().failing()).isTrue();
      await().atMost(PATIENCE).until(() -> up(node) == 3);
    }
  }

  @Test
  void operators_see_what_gossip_does_and_its_watch_of_the_load_ends_with_the_node()
      throws Exception {
    var node = RosterNode.builder(NodeOptions.loopback("observed")).start();
    nodes.add(node);

    assertThat(node.view().members().members())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.protocolOldest()).isEqualTo(NettyTransport.PROTOCOL_OLDEST);
              assertThat(row.protocolNewest()).isEqualTo(NettyTransport.PROTOCOL_NEWEST);
            });
    var admin = node.adminAddress();
    var metrics =
        URI.create("http://" + admin.getHostString() + ":" + admin.getPort() + "/metrics").toURL();
    try (var text = metrics.openStream()) {
      assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
          .contains("roster_gossip_pings_total{node=\"observed\"} 0.0")
          .contains("roster_views_disagree_ms{node=\"observed\"} 0.0");
    }
    assertThat(node.view().readiness().checks())
        .extracting(NodeView.Check::name)
        .containsExactly("replaced", "joined", "linked", "arbiter", "healed");
    assertThat(threads()).contains("load@observed");
    node.close();
    await().atMost(PATIENCE).until(() -> !threads().contains("load@observed"));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  @Test
  void nodes_without_written_seeds_find_each_other_by_multicast() throws Exception {
    var group = new HostPort("239.77.7.2", freePort());
    for (var name : List.of("a", "b")) {
      var options = NodeOptions.loopback(name);
      var cluster =
          new ClusterOptions(
              "roster",
              List.of(),
              Secret.DEVELOPMENT,
              Preset.LOOPBACK,
              new DiscoveryOptions(List.of(), Optional.empty(), Optional.of(group)));
      nodes.add(RosterNode.builder(options.withCluster(cluster)).start());
    }

    for (var node : nodes) {
      await().atMost(PATIENCE).until(() -> up(node) == 2);
      await().atMost(PATIENCE).until(() -> node.view().readiness().ready());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    }
  }

  // case 1
  @Test
  void a_name_registered_on_one_node_is_known_on_all_and_free_again_when_its_owner_ends()
      throws Exception {
    var all = startThree();
    var name = new ProcessName("orders");
    var owner = all.getFirst();
    var pid = owner.system().spawn(self -> self.receive());

    assertThat(owner.names().register(name, pid)).isEqualTo(new Registration.Registered(name, pid));
    all.forEach(node -> awaitOwner(node, name, pid));
    var other = all.get(1).system().spawn(self -> self.receive());
    assertThat(all.get(1).names().register(name, other))
        .isEqualTo(new Registration.AlreadyRegistered(name, pid));

    owner.system().exit(pid, ExitReason.killed());

    all.forEach(node -> await().atMost(PATIENCE).until(() -> node.names().whereis(name).isEmpty()));
    assertThat(all.get(1).names().register(name, other))
        .isEqualTo(new Registration.Registered(name, other));
  }

  // case 4
  @Test
  void a_node_that_leaves_or_crashes_gives_its_names_up() throws Exception {
    var all = startThree();
    var left = all.get(1);
    var crashed = all.get(2);
    for (var node : List.of(left, crashed)) {
      var name = new ProcessName("of-" + node.id().name());
      var pid = node.system().spawn(self -> self.receive());
      assertThat(node.names().register(name, pid)).isInstanceOf(Registration.Registered.class);
      awaitOwner(all.getFirst(), name, pid);
    }

    left.close();
    crashed.crash();

    await().atMost(PATIENCE).until(() -> all.getFirst().names().names().isEmpty());
    await().atMost(PATIENCE).until(() -> up(all.getFirst()) == 1);
  }

  // cases 3, 112
  @Test
  void a_named_server_answers_from_every_node() throws Exception {
    var all = startThree();
    var name = new ProcessName("counter");
    var owner = all.get(2);
    var server = owner.system().start(new CounterModule.Counter(40));
    var pid = server.pid().orElseThrow();
    assertThat(owner.names().register(name, pid)).isInstanceOf(Registration.Registered.class);

    for (var node : all) {
      awaitOwner(node, name, pid);
      assertThat(add(node, name, 1)).isInstanceOf(CallResult.Replied.class);
    }

    assertThat(add(owner, name, 0)).isEqualTo(new CallResult.Replied<>(43L));
  }

  @Test
  void a_program_outside_the_cluster_calls_by_name_and_fails_over() throws Exception {
    var all = startThree();
    var name = new ProcessName("counter");
    assertThat(all.get(1).fleet().start(name, CounterModule.WORKER, new CounterModule.Count(1)))
        .isInstanceOf(WorkerStart.Started.class);
    for (var node : all) {
      await().atMost(PATIENCE).until(() -> node.names().whereis(name).isPresent());
    }
    var entry =
        all.stream()
            .filter(node -> !node.names().whereis(name).orElseThrow().node().equals(node.id()))
            .findFirst()
            .orElseThrow();
    try (var client =
        RosterClient.builder(LinkOptions.of("roster", Cookie.of(Secret.DEVELOPMENT.text())))
            .address(entry.linkAddress())
            .types(
                MessageTypes.builder()
                    .register("counter", CounterModule.Message.class)
                    .register("count", CounterModule.Count.class)
                    .build())
            .open()) {
      assertThat(client.awaitConnected(PATIENCE)).isTrue();
      assertThat(clientAdds(client, 1)).isEqualTo(new ClientResult.Answered<>(2L));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(client.addresses())
                      .extracting(InetSocketAddress::getPort)
                      .containsAll(
                          all.stream().map(node -> node.linkAddress().getPort()).toList()));

      entry.close();

      await()
          .atMost(PATIENCE)
          .until(() -> clientAdds(client, 0) instanceof ClientResult.Answered<Long>);
      assertThat(clientAdds(client, 1)).isEqualTo(new ClientResult.Answered<>(3L));
    }
  }

  // case 82
  @Test
  void workers_spread_move_with_their_state_and_survive_a_graceful_leave() throws Exception {
    var a = start("a");
    var b = start("b", seed(a));
    assertThat(a.awaitReady(PATIENCE) && b.awaitReady(PATIENCE)).isTrue();
    var names = IntStream.range(0, 20).mapToObj(i -> new ProcessName("worker-" + i)).toList();
    for (var name : names) {
      assertThat(a.fleet().start(name, CounterModule.WORKER, new CounterModule.Count(7)))
          .isInstanceOf(WorkerStart.Started.class);
      // Who it is may reach this node a moment after the news that it runs.
      assertThat(a.names().await(name, PATIENCE)).isPresent();
      assertThat(add(a, name, 1)).isEqualTo(new CallResult.Replied<>(8L));
    }

    var c = start("c", seed(a));

    await().atMost(PATIENCE).until(() -> ownedBy(a, c) > 0 && isSpread(a));
    names.forEach(name -> assertThat(add(a, name, 1)).isEqualTo(new CallResult.Replied<>(9L)));

    c.close();

    await().atMost(PATIENCE).until(() -> ownedBy(a, c) == 0 && isSpread(a));
    names.forEach(name -> assertThat(add(b, name, 1)).isEqualTo(new CallResult.Replied<>(10L)));
  }

  @Test
  void a_leaving_node_lets_its_servers_put_their_things_in_order() throws Exception {
    var node = start("a");
    var ended = new ConcurrentLinkedQueue<String>();
    node.system().start(new Tidy("first", ended));
    node.system().start(new Tidy("second", ended));

    node.close();

    assertThat(ended).containsExactly("second: NodeLeaving", "first: NodeLeaving");
  }

  /** Says why it ends. */
  private record Tidy(String name, Queue<String> ended) implements GenServer<String, String> {

    @Override
    public Init<String> init(ProcessContext self) {
      return Init.ok("");
    }

    @Override
    public Next<String> handle(String message, String state) {
      return Next.proceed(state);
    }

    @Override
    public void terminate(ExitReason reason, String state) {
      ended.add(name + ": " + reason.getClass().getSimpleName());
    }
  }

  @Test
  void a_port_in_use_ends_the_start_and_is_named() throws Exception {
    var first = start("a");
    var ports =
        new ListenOptions.Ports(first.gossipAddress().getPort(), first.linkAddress().getPort(), 0);
    var loopback = first.options().network().listen().bind();
    var options =
        NodeOptions.loopback("b")
            .withNetwork(
                new NodeOptions.Network(
                    new ListenOptions(loopback, loopback, ports),
                    first.options().network().admin()));

    assertThatThrownBy(() -> RosterNode.builder(options).start())
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("node b cannot start")
        .hasMessageContaining(":" + first.linkAddress().getPort());
  }

  // Bad input: neither gets in, and the cluster does not notice.
  @Test
  void a_wrong_secret_or_cluster_name_keeps_a_node_out() throws Exception {
    var inside = start("a");
    assertThat(inside.awaitReady(PATIENCE)).isTrue();
    var seed = seed(inside);

    var wrongSecret =
        RosterNode.builder(
            NodeOptions.loopback("b")
                .withCluster(
                    new ClusterOptions(
                        "roster", List.of(seed), new Secret("another secret"), Preset.LOOPBACK)));
    var wrongCluster =
        RosterNode.builder(
            NodeOptions.loopback("c")
                .withCluster(
                    new ClusterOptions(
                        "another", List.of(seed), Secret.DEVELOPMENT, Preset.LOOPBACK)));

    assertThatThrownBy(wrongSecret::start)
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("same secret");
    assertThatThrownBy(wrongCluster::start)
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("cluster \"another\"");
    assertThat(up(inside)).isEqualTo(1);
    assertThat(inside.view().readiness().ready()).isTrue();
  }

  private List<RosterNode> startThree() throws Exception {
    var a = start("a");
    var b = start("b", seed(a));
    var c = start("c", seed(a), seed(b));
    for (var node : List.of(a, b, c)) {
      assertThat(node.awaitReady(PATIENCE)).as(node.view().readiness().failing()).isTrue();
      await().atMost(PATIENCE).until(() -> up(node) == 3);
    }
    return List.of(a, b, c);
  }

  private RosterNode start(String name, HostPort... seeds) throws NodeStartException {
    var node =
        RosterNode.builder(NodeOptions.loopback(name, seeds)).module(new CounterModule()).start();
    nodes.add(node);
    return node;
  }

  private static CallResult<Long> add(RosterNode node, ProcessName name, long amount) {
    return ServerRef.<CounterModule.Message>of(node.system(), new Via(node.names(), name))
        .call(replyTo -> new CounterModule.Add(amount, replyTo), PATIENCE);
  }

  private static ClientResult<Long> clientAdds(RosterClient client, long amount) {
    return client.call(
        ClientTarget.global("counter"),
        (ReplyTo<Long> replyTo) -> new CounterModule.Add(amount, replyTo),
        PATIENCE);
  }

  private static long ownedBy(RosterNode asked, RosterNode owner) {
    return asked.fleet().workers().stream()
        .flatMap(worker -> worker.pid().stream())
        .filter(pid -> pid.node().equals(owner.id()))
        .count();
  }

  private static boolean isSpread(RosterNode asked) {
    return asked.fleet().workers().stream()
        .allMatch(worker -> worker.pid().map(Pid::nodeName).equals(worker.belongsOn()));
  }

  private static HostPort seed(RosterNode node) {
    return new HostPort("127.0.0.1", node.gossipAddress().getPort());
  }

  private static long up(RosterNode node) {
    return node.view().members().members().stream().filter(NodeView.MemberRow::isUp).count();
  }

  private static void awaitOwner(RosterNode node, ProcessName name, Pid pid) {
    await()
        .atMost(PATIENCE)
        .until(() -> node.names().whereis(name).filter(pid::equals).isPresent());
  }
}
