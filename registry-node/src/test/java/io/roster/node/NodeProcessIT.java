package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.roster.node.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes in JVMs of their own, as people start them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(240)
class NodeProcessIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final List<NodeJvm> jvms = new ArrayList<>();

  @AfterEach
  void stop() {
    jvms.forEach(NodeJvm::close);
  }

  @Test
  void three_nodes_form_a_cluster_and_one_leaves_at_a_signal() throws Exception {
    var a = node("a");
    var b = node("b", "--seeds", text(a.ready(), "gossip"));
    var c = node("c", "--seeds", text(a.ready(), "gossip"));
    for (var node : List.of(a, b, c)) {
      awaitMembersUp(node, 3);
    }

    c.terminate();

    assertThat(c.exitCode()).isZero();
    assertThat(c.out()).contains("\"event\":\"left\"");
    awaitMembersUp(a, 2);
    assertThat(roster("members", "--admin", text(a.ready(), "admin")).text()).contains("left");
    for (var node : List.of(a, b, c)) {
      assertThat(node.err()).doesNotContain("WARNING", "Exception");
    }
  }

  @Test
  void the_commands_ask_a_running_node() throws Exception {
    var admin = text(node("a").ready(), "admin");

    assertThat(roster("members", "--admin", admin).text()).contains("a *", "alive");
    assertThat(roster("members", "--json", "--admin", admin).text()).contains("\"node\":\"a\"");
    for (var command : List.of("names", "workers", "moves", "conflicts", "ps")) {
      assertThat(roster(command, "--admin", admin).code()).as(command).isZero();
    }
    assertThat(roster("doctor", "--admin", admin).text()).contains("no ghosts", "ok");
    assertThat(roster("drain", "--admin", admin).text()).contains("0 workers moved, 0 ended");
    var absent = roster("whereis", "nobody", "--admin", admin);
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.text()).contains("no such name: nobody");
  }

  @Test
  void an_unknown_option_and_a_name_that_is_not_allowed_are_bad_usage() throws Exception {
    var unknown = jvm("node", "--nmae", "a");
    var notAllowed = jvm("node", "--name", "-a");

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("expected one of", "--name", "got: --nmae");
    assertThat(notAllowed.exitCode()).isEqualTo(2);
    assertThat(notAllowed.err())
        .contains("expected a node name", "got: \"-a\"")
        .doesNotContain("\tat ");
  }

  @Test
  void a_port_in_use_is_a_failure_that_names_it_and_leaves_its_user_alone() throws Exception {
    var first = node("a");
    for (var port : List.of("gossip", "link", "admin")) {
      var taken = text(first.ready(), port).split(":", 2)[1];

      var second = node("b", "--" + port + "-port", taken);

      assertThat(second.exitCode()).as(port).isEqualTo(1);
      assertThat(second.err()).contains(":" + taken).doesNotContain("\tat ");
    }
    awaitMembersUp(first, 1);
  }

  @Test
  void a_wrong_secret_or_cluster_name_is_a_failure_that_says_so() throws Exception {
    var inside = node("a");
    var seed = text(inside.ready(), "gossip");
    var secret = Files.writeString(folder.resolve("secret"), "quite another secret\n");

    var wrongSecret = node("b", "--seeds", seed, "--secret-file", secret.toString());
    var wrongCluster = node("c", "--seeds", seed, "--cluster", "another");

    assertThat(wrongSecret.exitCode()).isEqualTo(1);
    assertThat(wrongSecret.err())
        .contains("same secret", seed)
        .doesNotContain("quite another secret", "\tat ");
    assertThat(wrongCluster.exitCode()).isEqualTo(1);
    assertThat(wrongCluster.err()).contains("cluster \"another\"", seed).doesNotContain("\tat ");
    awaitMembersUp(inside, 1);
  }

  @Test
  void a_replaced_node_ends_as_a_failure_that_says_who_replaced_it() throws Exception {
    var first = node("a");
    var seed = text(first.ready(), "gossip");

    var second = node("a", "--seeds", seed);

    assertThat(first.exitCode()).isEqualTo(1);
    assertThat(first.err())
        .contains("expected one node named a", "got: a#" + second.ready().get("incarnation"))
        .doesNotContain("\tat ");
    awaitMembersUp(second, 1);
  }

  @Test
  void garbage_on_every_port_disturbs_nothing() throws Exception {
    var a = node("a");
    var b = node("b", "--seeds", text(a.ready(), "gossip"));
    awaitMembersUp(b, 2);
    var random = new Random(7);

    for (var port : List.of("gossip", "link", "admin")) {
      int number = Integer.parseInt(text(a.ready(), port).split(":", 2)[1]);
      for (int i = 0; i < 20; i++) {
        sendGarbage(number, random);
      }
    }

    awaitMembersUp(a, 2);
    awaitMembersUp(b, 2);
    assertThat(a.err()).doesNotContain("Exception in thread", "OutOfMemory");
  }

  private static void sendGarbage(int port, Random random) throws IOException {
    var bytes = new byte[1 + random.nextInt(1_200)];
    random.nextBytes(bytes);
    var loopback = InetAddress.getLoopbackAddress();
    try (var datagrams = new DatagramSocket()) {
      datagrams.send(new DatagramPacket(bytes, bytes.length, loopback, port));
    }
    try (var socket = new Socket(loopback, port)) {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // It may be closed before all is written, which is an answer too.
    }
  }

  private void awaitMembersUp(NodeJvm node, int count) {
    var admin = text(node.ready(), "admin");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                roster("members", "--admin", admin)
                        .text()
                        .lines()
                        .filter(line -> line.contains("alive"))
                        .count()
                    == count);
  }

  private record Ran(int code, String text) {}

  /** Runs a command in this JVM. */
  private static Ran roster(String... arguments) {
    var text = new StringWriter();
    var writer = new PrintWriter(text);
    return new Ran(Main.run(writer, writer, arguments), text.toString());
  }

  private NodeJvm node(String name, String... more) throws IOException {
    var jvm = NodeJvm.node(folder, name, more);
    jvms.add(jvm);
    return jvm;
  }

  private NodeJvm jvm(String... arguments) throws IOException {
    var jvm = NodeJvm.start(folder, arguments);
    jvms.add(jvm);
    return jvm;
  }

  private static String text(JsonObject ready, String key) {
    return ready.get(key).getAsString();
  }
}
