package io.roster.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.net.client.ClientNode.SharedNames;
import io.roster.net.codec.MessageTypes;
import io.roster.net.transport.netty.Cookie;
import io.roster.net.transport.netty.LinkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RosterClientIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ClientTarget LOG = ClientTarget.global("log");

  private final SharedNames names = new SharedNames();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private ClientNode node(String name, long incarnation) throws Exception {
    return node(name, incarnation, NameResolver.of(names));
  }

  private ClientNode node(String name, long incarnation, NameResolver resolver) throws Exception {
    var node = new ClientNode(name, incarnation, resolver);
    opened.add(node);
    return node;
  }

  private RosterClient client(ClientNode... nodes) {
    var builder = RosterClient.builder(ClientNode.OPTIONS).types(ClientMessages.TYPES);
    for (ClientNode node : nodes) {
      builder.address(node.address());
    }
    var client = builder.open();
    opened.add(client);
    return client;
  }

  private void link(ClientNode one, ClientNode other) {
    one.links.connect(other.system.node(), other.address());
    await().until(() -> !one.links.peers().isEmpty() && !other.links.peers().isEmpty());
  }

  private Pid log(ClientNode node) {
    Pid pid = node.system.start(new ClientMessages.Log()).pid().orElseThrow();
    names.register(new ProcessName("log"), pid);
    return pid;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void a_call_by_global_name_is_answered_by_the_entry_node_itself() throws Exception {
    var a = node("a", 1);
    log(a);

    var result = client(a).<String>call(LOG, to -> new ClientMessages.Echo("hi", to), PATIENCE);

    assertThat(result).isEqualTo(new ClientResult.Answered<>("hi"));
  }

  @Test
  void a_call_is_forwarded_to_the_node_of_the_process() throws Exception {
    var a = node("a", 1);
    var b = node("b", 1);
    link(a, b);
    Pid pid = log(b);
    var client = client(a);

    for (var target : List.of(LOG, ClientTarget.at(pid))) {
      assertThat(client.<String>call(target, to -> new ClientMessages.Echo("far", to), PATIENCE))
          .isEqualTo(new ClientResult.Answered<>("far"));
    }
    assertThat(client.whereis(new ProcessName("log"), PATIENCE))
        .isEqualTo(new ClientResult.Answered<>(Optional.of(pid)));
  }

  @Test
  void a_name_on_a_node_is_found_there() throws Exception {
    var a = node("a", 1);
    var b = node("b", 1);
    link(a, b);
    b.system.start(
        new ClientMessages.Log(), io.roster.core.process.StartOptions.named("only-there"));

    var found =
        client(a)
            .<String>call(
                ClientTarget.onNode("only-there", "b"),
                to -> new ClientMessages.Echo("here", to),
                PATIENCE);

    assertThat(found).isEqualTo(new ClientResult.Answered<>("here"));
  }

  @Test
  void every_failure_has_its_type() throws Exception {
    var a = node("a", 1);
    var client = client(a);
    Pid pid = log(a);

    assertThat(
            client.<String>call(
                ClientTarget.global("nobody"), to -> new ClientMessages.Echo("", to), PATIENCE))
        .isEqualTo(ClientResult.failed(new ClientFailure.NoSuchName("nobody")));
    assertThat(client.send(ClientTarget.global("nobody"), new ClientMessages.Append(1), PATIENCE))
        .isEqualTo(new SendOutcome.NotDelivered(new ClientFailure.NoSuchName("nobody")));
    assertThat(client.<String>call(LOG, ClientMessages.Never::new, Duration.ofMillis(100)))
        .isEqualTo(ClientResult.failed(new ClientFailure.Unknown("no answer in time")));
    assertThat(client.send(LOG, Duration.ofDays(1), PATIENCE))
        .isEqualTo(new SendOutcome.Delivered());
    assertThat(client.<String>call(LOG, ClientMessages.Crash::new, PATIENCE).toString())
        .contains("ServerDown")
        .contains("as asked");
    assertThat(
            client.<String>call(
                ClientTarget.at(pid), to -> new ClientMessages.Echo("", to), PATIENCE))
        .isEqualTo(ClientResult.failed(new ClientFailure.NoSuchProcess(pid.toString())));
    assertThat(client.send(LOG, new Object(), PATIENCE).toString()).contains("Refused");
    assertThat(
            client.send(
                ClientTarget.onNode("x", "nowhere"), new ClientMessages.Append(1), PATIENCE))
        .isEqualTo(
            new SendOutcome.NotDelivered(
                new ClientFailure.ConnectionLost("no link to node nowhere")));
    assertThat(client.send(LOG, new byte[17 << 20], PATIENCE).toString()).contains("TooLarge");
  }

  @Test
  void a_type_that_the_node_does_not_know_is_refused_and_the_connection_stays() throws Exception {
    record Foreign(int number) {}
    var a = node("a", 1);
    log(a);
    var client =
        RosterClient.builder(ClientNode.OPTIONS)
            .address(a.address())
            .types(
                MessageTypes.builder()
                    .register("log", ClientMessages.class)
                    .register("foreign", Foreign.class)
                    .build())
            .open();
    opened.add(client);

    assertThat(client.send(LOG, new Foreign(1), PATIENCE).toString())
        .contains("Refused")
        .contains("foreign");
    assertThat(client.<Integer>call(LOG, ClientMessages.Count::new, PATIENCE))
        .isEqualTo(new ClientResult.Answered<>(0));
    assertThat(a.acceptor.clients()).isEqualTo(1);
  }

  @Test
  void sends_to_one_process_keep_their_order() throws Exception { // case 127
    var a = node("a", 1);
    var b = node("b", 1);
    link(a, b);
    log(b);
    var client = client(a);
    client.awaitConnected(PATIENCE);

    var outcomes =
        IntStream.range(0, 5000)
            .mapToObj(n -> client.sendAsync(LOG, new ClientMessages.Append(n), PATIENCE))
            .toList();

    outcomes.forEach(outcome -> assertThat(outcome.join()).isEqualTo(new SendOutcome.Delivered()));
    assertThat(client.<List<Integer>>call(LOG, ClientMessages.All::new, PATIENCE).orElseThrow())
        .isEqualTo(IntStream.range(0, 5000).boxed().toList());
  }

  @Test
  void thousands_of_threads_share_one_client() throws Exception {
    var a = node("a", 1);
    log(a);
    var client = client(a);
    int threads = 3000;
    var answered = new AtomicInteger();
    var done = new CountDownLatch(threads);

    for (int n = 0; n < threads; n++) {
      String text = "t" + n;
      Thread.ofVirtual()
          .start(
              () -> {
                var result =
                    client.<String>call(
                        LOG, to -> new ClientMessages.Echo(text, to), Duration.ofSeconds(60));
                if (result.equals(new ClientResult.Answered<>(text))) {
                  answered.incrementAndGet();
                }
                done.countDown();
              });
    }

    assertThat(done.await(90, TimeUnit.SECONDS)).isTrue();
    assertThat(answered).hasValue(threads);
  }

  @Test
  void a_client_learns_of_other_nodes_and_fails_over() throws Exception {
    var a = node("a", 1);
    var b = node("b", 1);
    log(b);
    a.acceptor.members(List.of(a.address(), b.address()));
    var client = client(a);
    client.awaitConnected(PATIENCE);
    await().until(() -> client.addresses().size() == 2);

    a.close();

    assertThat(client.<String>call(LOG, to -> new ClientMessages.Echo("still here", to), PATIENCE))
        .isEqualTo(new ClientResult.Answered<>("still here"));
    assertThat(client.node()).contains(b.system.node());
  }

  @Test
  void a_question_under_way_when_the_node_dies_is_unknown() throws Exception {
    var a = node("a", 1);
    Pid pid = log(a);
    var client = client(a);
    var result = client.<String>callAsync(LOG, ClientMessages.Never::new, PATIENCE);
    await().until(() -> a.system.info(pid).orElseThrow().handled() > 0);

    a.links.close();

    assertThat(result.join().toString()).contains("Unknown").contains("connection lost");
  }

  @Test
  void a_client_outlives_all_nodes_and_finds_them_on_new_ports() throws Exception {
    var a = node("a", 1);
    var client = client(a);
    client.awaitConnected(PATIENCE);
    var next = node("b", 1);
    log(next);
    a.acceptor.members(List.of(next.address()));
    await().until(() -> client.addresses().size() == 2);
    a.close();
    await().until(() -> client.node().equals(Optional.of(next.system.node())));

    assertThat(client.<Integer>call(LOG, ClientMessages.Count::new, PATIENCE))
        .isEqualTo(new ClientResult.Answered<>(0));
  }

  @Test
  void without_any_node_a_question_ends_as_not_sent() throws Exception {
    var a = node("a", 1);
    var address = a.address();
    a.close();
    var client =
        RosterClient.builder(ClientNode.OPTIONS)
            .types(ClientMessages.TYPES)
            .address(address)
            .open();
    opened.add(client);

    var outcome = client.send(LOG, new ClientMessages.Append(1), Duration.ofMillis(300));

    assertThat(outcome)
        .isEqualTo(
            new SendOutcome.NotDelivered(
                new ClientFailure.ConnectionLost("no connection to any node in time")));
  }

  @Test
  void a_name_whose_process_has_moved_costs_a_delay_and_no_error() throws Exception {
    var moved = new CompletableFuture<Optional<Pid>>();
    var asked = new CompletableFuture<Pid>();
    var plain = NameResolver.of(names);
    var a =
        node(
            "a",
            1,
            new NameResolver() {
              @Override
              public CompletionStage<Optional<Pid>> resolve(ProcessName name, Duration budget) {
                return plain.resolve(name, budget);
              }

              @Override
              public CompletionStage<Optional<Pid>> resolveAnew(
                  ProcessName name, Pid gone, Duration budget) {
                asked.complete(gone);
                return moved;
              }
            });
    var b = node("b", 1);
    link(a, b);
    Pid old = log(b);
    b.system.stop(old, io.roster.core.signal.ExitReason.shutdown(), PATIENCE);
    var client = client(a);

    var call = client.<Integer>callAsync(LOG, ClientMessages.Count::new, PATIENCE);
    assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo(old);
    moved.complete(Optional.of(b.system.start(new ClientMessages.Log()).pid().orElseThrow()));

    assertThat(call.join()).isEqualTo(new ClientResult.Answered<>(0));
  }

  @Test
  void a_node_that_leaves_sends_its_clients_elsewhere_without_an_error() throws Exception {
    var a = node("a", 1);
    var b = node("b", 1);
    link(a, b);
    log(b);
    var client = client(a);
    client.awaitConnected(PATIENCE);
    a.acceptor.members(List.of(b.address()));
    await().until(() -> client.addresses().size() > 1);

    a.acceptor.leave();
    int count = 0;
    while (!client.node().equals(Optional.of(b.system.node()))) {
      assertThat(client.send(LOG, new ClientMessages.Append(count++), PATIENCE))
          .isEqualTo(new SendOutcome.Delivered());
    }

    assertThat(client.<List<Integer>>call(LOG, ClientMessages.All::new, PATIENCE).orElseThrow())
        .isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void a_wrong_cookie_or_cluster_is_refused_and_others_are_undisturbed() throws Exception {
    var a = node("a", 1);
    log(a);
    var good = client(a);
    var strangers =
        List.of(
            LinkOptions.of("test", Cookie.of("another")),
            LinkOptions.of("elsewhere", Cookie.of("a cookie for tests")));

    for (LinkOptions options : strangers) {
      try (var stranger = RosterClient.builder(options).address(a.address()).open()) {
        assertThat(stranger.awaitConnected(Duration.ofMillis(500))).isFalse();
      }
    }

    assertThat(good.<String>call(LOG, to -> new ClientMessages.Echo("fine", to), PATIENCE))
        .isEqualTo(new ClientResult.Answered<>("fine"));
  }
}
