package io.roster.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class JvmClusterIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private JvmCluster cluster;

  @BeforeEach
  void open() {
    cluster = JvmCluster.open(folder, line -> line.startsWith("ready"));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void a_jvm_says_that_it_is_ready_and_talks_over_its_pipes() throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    var node = cluster.start(echo("a"), heard::add);

    assertThat(node.awaitReady(LONG)).isEqualTo("ready a");
    node.writeLine("hello");

    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("ready a");
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("echo hello");
    assertThat(node.logTail()).contains("log of a");
  }

  @Test
  void a_jvm_that_ends_before_it_is_ready_is_reported_with_its_log() {
    var node = cluster.start(echo("broken"));

    assertThatThrownBy(() -> node.awaitReady(LONG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("node broken: ended before it was ready, exit code 3")
        .hasMessageContaining("log of broken");
  }

  @Test
  void a_jvm_stops_when_it_is_asked_to_and_is_killed_when_it_does_not() throws Exception {
    var gentle = cluster.start(echo("gentle"));
    var stubborn = cluster.start(echo("stubborn"));
    gentle.awaitReady(LONG);
    stubborn.awaitReady(LONG);

    assertThat(gentle.stop(LONG)).isTrue();
    assertThat(stubborn.stop(Duration.ofMillis(200))).isFalse();

    assertThat(gentle.isAlive()).isFalse();
    assertThat(stubborn.isAlive()).isFalse();
  }

  @Test
  void a_paused_jvm_answers_nothing_until_it_runs_on() throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    var node = cluster.start(echo("a"), heard::add);
    node.awaitReady(LONG);
    node.pause();
    node.writeLine("are you there");

    await().atMost(LONG).until(() -> state(node.pid()).equals("T"));
    node.resume();

    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("ready a");
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("echo are you there");
  }

  @Test
  void nothing_runs_once_the_cluster_is_closed() throws Exception {
    var node = cluster.start(echo("stubborn"));
    node.awaitReady(LONG);

    cluster.close();

    assertThat(node.isAlive()).isFalse();
  }

  @Test
  void nothing_outlives_a_program_that_is_killed() throws Exception {
    var parent =
        cluster.start(JvmLaunch.of("parent", ParentMain.class.getName(), List.of("" + folder)));
    long child = Long.parseLong(parent.awaitReady(LONG).substring("ready ".length()));
    assertThat(ProcessHandle.of(child)).isPresent();

    parent.kill();

    await().atMost(LONG).until(() -> ProcessHandle.of(child).isEmpty());
  }

  private static JvmLaunch echo(String name) {
    return JvmLaunch.of(name, EchoMain.class.getName(), List.of(name))
        .withJvmOptions(List.of("-Xmx32m"));
  }

  private static String state(long pid) throws Exception {
    var fields = java.nio.file.Files.readString(Path.of("/proc/" + pid + "/stat"));
    return fields.substring(fields.lastIndexOf(')') + 2).split(" ", 2)[0];
  }
}
