package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.roster.net.membership.udp.GossipKey;
import io.roster.node.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator rotates the keys of nodes in JVMs of their own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(240)
class KeysCommandIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final List<NodeJvm> jvms = new ArrayList<>();

  @AfterEach
  void stop() {
    jvms.forEach(NodeJvm::close);
  }

  @Test
  void keys_are_listed_installed_used_and_removed_without_a_restart_or_a_word_of_the_secret()
      throws Exception {
    var a = node("a");
    var b = node("b", "--seeds", text(a, "gossip"));
    await().atMost(PATIENCE).until(() -> keys(b).text().contains("all 2 nodes agree"));
    var secret = GossipKey.generate();
    var file = Files.writeString(folder.resolve("key"), secret.encoded() + "\n");
    var next = GossipKey.text(secret.id());
    var old = onlyKey(a);

    var needed = keys(b, "remove", old);
    var unknown = keys(b, "use", next);
    var malformed = keys(b, "use", "nonsense");
    var installed = keys(b, "install", "--key-file", file.toString());
    var used = keys(a, "use", next);
    var removed = keys(b, "remove", old);
    var listed = keys(a, "list", "--json");

    assertThat(needed.code()).as(needed.text()).isEqualTo(1);
    assertThat(needed.text()).contains("expected a key that nobody seals with, got: " + old);
    assertThat(unknown.code()).as(unknown.text()).isEqualTo(1);
    assertThat(unknown.text()).contains("expected a key that every member has, got: " + next);
    assertThat(malformed.code()).as(malformed.text()).isEqualTo(2);
    assertThat(malformed.text()).contains("expected the id of a key", "nonsense");
    for (var step : List.of(installed, used, removed)) {
      assertThat(step.code()).as(step.text()).isZero();
      assertThat(step.text()).contains(next, "all 2 nodes agree");
    }
    assertThat(listed.text()).contains("\"agreed\":true", next).doesNotContain(old);
    // A key of the node's own drawing goes nowhere but to the other node.
    assertThat(keys(a, "install").text()).contains("installed", "all 2 nodes agree");

    b.terminate();
    assertThat(b.exitCode()).isZero();
    var again = node("b", "--seeds", text(a, "gossip"));
    await().atMost(PATIENCE).until(() -> keys(again).text().contains("all 2 nodes agree"));
    for (var jvm : jvms) {
      assertThat(jvm.out() + jvm.err()).doesNotContain(secret.encoded(), "Exception");
    }
    for (var said : List.of(installed, used, removed, listed, needed, unknown)) {
      assertThat(said.text()).doesNotContain(secret.encoded());
    }
  }

  @Test
  void nodes_without_a_data_directory_keep_the_keys_of_their_file() throws Exception {
    var first = GossipKey.generate();
    var next = GossipKey.generate();
    var file = Files.writeString(folder.resolve("keys"), first.encoded() + "\n");
    var nextFile = Files.writeString(folder.resolve("next"), next.encoded() + "\n");
    String[] flag = {"--gossip-key-file", file.toString()};
    var a = start("a", flag);
    var b = start("b", flag[0], flag[1], "--seeds", text(a, "gossip"));
    await().atMost(PATIENCE).until(() -> keys(b).text().contains("all 2 nodes agree"));
    var old = onlyKey(a);
    var id = GossipKey.text(next.id());

    var installed = keys(a, "install", "--key-file", nextFile.toString());
    var lost = keys(a, "use", id);
    Files.writeString(file, first.encoded() + "\n" + next.encoded() + "\n");
    var used = keys(a, "use", id);
    var needed = keys(a, "remove", old);
    b.terminate();
    assertThat(b.exitCode()).isZero();
    start("b", flag[0], flag[1], "--seeds", text(a, "gossip"));
    await().atMost(PATIENCE).until(() -> nodes(a).size() == 2);
    var usedAgain = keys(a, "use", id);
    Files.writeString(file, next.encoded() + "\n");
    var removed = keys(a, "remove", old);

    assertThat(old).isEqualTo(GossipKey.text(first.id()));
    assertThat(installed.text()).contains("where kept is no").contains("--gossip-key-file");
    assertThat(lost.code()).as(lost.text()).isEqualTo(1);
    assertThat(lost.text()).contains("would have again after a restart", "got: " + id);
    assertThat(used.code()).as(used.text()).isZero();
    assertThat(needed.code()).as(needed.text()).isEqualTo(1);
    assertThat(needed.text()).contains("would seal with again after a restart", "got: " + old);
    assertThat(usedAgain.code()).as(usedAgain.text()).isZero();
    assertThat(removed.code()).as(removed.text()).isZero();
  }

  @Test
  void keys_that_are_not_kept_are_used_if_the_operator_says_so() throws Exception {
    var a = start("a");
    var file = Files.writeString(folder.resolve("key"), GossipKey.generate().encoded() + "\n");
    var id = GossipKey.text(GossipKey.parse(Files.readString(file)).id());
    var old = onlyKey(a);
    keys(a, "install", "--key-file", file.toString());

    assertThat(keys(a, "use", id).code()).isEqualTo(1);
    assertThat(keys(a, "use", id, "--even-if-not-kept").code()).isZero();
    assertThat(keys(a, "remove", old, "--even-if-away").code()).isEqualTo(1);
    assertThat(keys(a, "remove", old, "--even-if-not-kept").code()).isZero();
  }

  private static JsonArray nodes(NodeJvm node) {
    return JsonParser.parseString(keys(node, "list", "--json").text())
        .getAsJsonObject()
        .getAsJsonArray("nodes");
  }

  private static String onlyKey(NodeJvm node) {
    return nodes(node).get(0).getAsJsonObject().getAsJsonArray("keys").get(0).getAsString();
  }

  private record Ran(int code, String text) {}

  private static Ran keys(NodeJvm node, String... arguments) {
    var all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--admin", text(node, "admin")));
    var text = new StringWriter();
    var writer = new PrintWriter(text);
    return new Ran(Main.run(writer, writer, all.toArray(String[]::new)), text.toString());
  }

  private NodeJvm node(String name, String... more) throws IOException {
    var arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--data-dir", folder.resolve("data").toString()));
    return start(name, arguments.toArray(String[]::new));
  }

  private NodeJvm start(String name, String... arguments) throws IOException {
    var jvm = NodeJvm.node(folder, name, arguments);
    jvms.add(jvm);
    return jvm;
  }

  private static String text(NodeJvm node, String key) {
    return node.ready().get(key).getAsString();
  }
}
