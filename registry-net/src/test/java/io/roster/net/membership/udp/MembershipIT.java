package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.proto.gossip.State;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real datagrams and streams on loopback. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MembershipIT {

  private final GossipNodes nodes = new GossipNodes();

  @AfterEach
  void end() {
    nodes.close();
  }

  @Test
  void nodes_find_each_other_through_one_seed() throws IOException {
    nodes.startAll("a", "b", "c", "d", "e");

    assertThat(nodes.node("e").members()).hasSize(5);
  }

  @Test
  void views_are_compared_however_large_they_are() throws IOException {
    // Nobody gossips of who is gone: others hear of them when views are compared.
    var often =
        GossipOptions.loopback()
            .withPushPull(pushPull -> pushPull.withInterval(Duration.ofMillis(200)));
    var a = nodes.start("a", 1, 0, settings -> settings.withOptions(often));
    var seed = a.self().gossipAddress();
    nodes.start("b", 1, 0, settings -> settings.withOptions(often).withSeeds(() -> List.of(seed)));
    nodes.awaitUp("a", "b");
    var gone = IntStream.range(0, 1_000).mapToObj("gone-%04d"::formatted).toList();

    tell(a, gone);
    awaitMembers("b", gone.size() + 2);
    tell(a, List.of("one-more"));

    awaitMembers("b", gone.size() + 3);
  }

  private void tell(GossipMembership node, List<String> gone) throws IOException {
    var rows = RawGossip.rows();
    for (String name : gone) {
      var member = RawGossip.newcomer().setState(State.STATE_LEFT);
      member.getIdBuilder().setName(name);
      rows.addRows(RawGossip.known(member));
    }
    try (var insider = Insider.opening(node.self().gossipAddress())) {
      var known = nodes.node("b").self();
      insider.say(new StreamMessage.Compare(known, new StreamMessage.Digest(-1, -1)));
      insider.hear();
      insider.say(RawGossip.message(rows));
      insider.hear();
    }
  }

  private void awaitMembers(String observer, int count) {
    await()
        .atMost(GossipNodes.PATIENCE)
        .until(() -> nodes.node(observer).members().size() == count);
  }

  @Test
  void a_node_that_dies_is_seen_by_all() throws IOException {
    nodes.startAll("a", "b", "c", "d");

    nodes.kill("c");

    for (String name : List.of("a", "b", "d")) {
      nodes.awaitState(name, "c", MemberState.DEAD);
    }
    nodes.awaitUp("a", "b", "d");
  }

  @Test
  void a_node_that_leaves_is_not_called_dead() throws Exception {
    nodes.startAll("a", "b", "c");

    boolean said = nodes.node("c").leave(GossipNodes.PATIENCE);
    nodes.kill("c");

    assertThat(said).isTrue();
    nodes.awaitState("a", "c", MemberState.LEFT);
    nodes.awaitState("b", "c", MemberState.LEFT);
    assertThat(nodes.events("a"))
        .filteredOn(MemberEvent.Down.class::isInstance)
        .singleElement()
        .extracting(event -> event.member().state())
        .isEqualTo(MemberState.LEFT);
  }

  @Test
  void two_sides_of_a_cut_lose_each_other_and_meet_again() throws IOException {
    nodes.startAll("a", "b", "c", "d", "e");

    nodes.cut(Set.of("a", "b"), Set.of("c", "d", "e"));
    for (String lost : List.of("c", "d", "e")) {
      nodes.awaitState("a", lost, MemberState.DEAD);
      nodes.awaitState("b", lost, MemberState.DEAD);
      nodes.awaitState(lost, "a", MemberState.DEAD);
      nodes.awaitState(lost, "b", MemberState.DEAD);
    }
    nodes.heal();

    nodes.awaitUp("a", "b", "c", "d", "e");
    // Each side lost the other once, and nobody of its own.
    assertThat(nodes.events("a"))
        .filteredOn(MemberEvent.Down.class::isInstance)
        .extracting(event -> event.member().id().name().value())
        .containsExactlyInAnyOrder("c", "d", "e");
    var judgements = nodes.node("a").stats().judgements();
    assertThat(judgements.ends()).isEqualTo(3);
    assertThat(judgements.suspicions()).isGreaterThanOrEqualTo(3);
    assertThat(judgements.pings()).isPositive();
  }

  @Test
  void a_restart_under_the_same_name_goes_down_before_it_comes_up() throws IOException {
    nodes.startAll("a", "b", "c");
    int port = nodes.node("c").self().gossipAddress().getPort();
    nodes.kill("c");

    nodes.start("c", 2, port, nodes.node("a").self().gossipAddress());
    nodes.awaitUp("a", "b", "c");
    await()
        .atMost(GossipNodes.PATIENCE)
        .until(
            () -> nodes.node("a").member(new NodeName("c")).orElseThrow().id().incarnation() == 2);

    assertThat(nodes.events("a"))
        .filteredOn(event -> event.member().id().name().value().equals("c"))
        .filteredOn(event -> event instanceof MemberEvent.Up || event instanceof MemberEvent.Down)
        .extracting(
            event -> event.getClass().getSimpleName() + " " + event.member().id().incarnation())
        .containsExactly("Up 1", "Down 1", "Up 2");
  }

  @Test
  void what_a_node_says_of_itself_reaches_all() throws IOException {
    nodes.startAll("a", "b", "c");

    nodes.node("b").updateMetadata(old -> old.withArbiterReady(true).withWeight(3));

    await()
        .atMost(GossipNodes.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(List.of("a", "c"))
                    .allSatisfy(
                        name ->
                            assertThat(
                                    nodes
                                        .node(name)
                                        .member(new NodeName("b"))
                                        .orElseThrow()
                                        .metadata()
                                        .weight())
                                .isEqualTo(3)));
  }

  @Test
  void what_a_node_cannot_say_is_refused_and_changes_nothing() throws IOException {
    nodes.startAll("a", "b");
    var before = nodes.node("a").self();
    var roles = new TreeSet<String>();
    for (int i = 0; i < 60; i++) {
      roles.add("a-role-of-some-length-" + i);
    }

    assertThatThrownBy(() -> nodes.node("a").updateMetadata(old -> old.withRoles(roles)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected metadata of at most 512 bytes, got: ");

    assertThat(nodes.node("a").self()).isEqualTo(before);
  }

  @Test
  void each_change_of_metadata_has_a_version_of_its_own_and_the_last_one_stays()
      throws IOException {
    nodes.startAll("a", "b", "c");
    long before = nodes.node("b").self().version();

    for (int weight = 2; weight <= 20; weight++) {
      int next = weight;
      nodes.node("b").updateMetadata(old -> old.withWeight(next));
    }

    for (String name : List.of("a", "c")) {
      await()
          .atMost(GossipNodes.PATIENCE)
          .until(
              () ->
                  nodes.node(name).member(new NodeName("b")).orElseThrow().metadata().weight()
                      == 20);
      assertThat(nodes.node(name).member(new NodeName("b")).orElseThrow().version())
          .isGreaterThanOrEqualTo(before + 19);
    }
  }

  @Test
  void a_taken_port_is_refused_with_the_address() throws IOException {
    nodes.startAll("a");
    int port = nodes.node("a").self().gossipAddress().getPort();

    assertThatThrownBy(() -> nodes.start("b", 1, port))
        .isInstanceOf(PortInUse.class)
        .hasMessageContaining(Integer.toString(port));
  }

  @Test
  void who_has_another_key_or_cluster_name_stays_outside() throws IOException {
    nodes.startAll("a", "b");
    var seed = nodes.node("a").self().gossipAddress();

    nodes.start(
        "c",
        1,
        0,
        settings ->
            GossipSettings.of(
                    settings.identity().self(),
                    "test",
                    Keyring.of(GossipKey.generate()),
                    settings.endpoint().bind())
                .withSeeds(() -> List.of(seed)));
    nodes.start(
        "d",
        1,
        0,
        settings ->
            GossipSettings.of(
                    settings.identity().self(),
                    "other",
                    settings.identity().keyring(),
                    settings.endpoint().bind())
                .withSeeds(() -> List.of(seed)));

    await()
        .atMost(GossipNodes.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(nodes.node("a").stats().rejected())
                    .matches(
                        counts ->
                            counts.getOrDefault(Rejection.UNKNOWN_KEY, 0L) > 0
                                && counts.getOrDefault(Rejection.FORGED, 0L) > 0));
    assertThat(nodes.node("a").members()).hasSize(2);
    assertThat(nodes.node("c").members()).hasSize(1);
    assertThat(nodes.node("d").members()).hasSize(1);
  }

  @Test
  void garbage_on_the_port_is_counted_and_disturbs_nobody() throws IOException {
    nodes.startAll("a", "b");
    var target = nodes.node("a").self().gossipAddress();
    var random = new Random(7);

    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(200);
      for (int i = 0; i < 500; i++) {
        byte[] garbage = new byte[random.nextInt(2_000)];
        random.nextBytes(garbage);
        if (garbage.length > 0 && i % 2 == 0) {
          garbage[0] = Envelope.SEALED;
        }
        socket.send(new DatagramPacket(garbage, garbage.length, target));
      }
      assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[2_000], 2_000)))
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
    try (var socket = new Socket(target.getAddress(), target.getPort())) {
      socket.setSoTimeout(10_000);
      byte[] garbage = new byte[64];
      random.nextBytes(garbage);
      garbage[0] = 0x7f;
      socket.getOutputStream().write(garbage);
      // The challenge, then the end: garbage gets no answer.
      assertThat(socket.getInputStream().readAllBytes()).hasSize(4 + Seals.CHALLENGE);
    }

    assertThat(
            nodes.node("a").stats().rejected().values().stream().mapToLong(Long::longValue).sum())
        .isGreaterThan(0);
    nodes.awaitUp("a", "b");
  }

  @Test
  void keys_rotate_without_losing_a_member() throws IOException {
    nodes.startAll("a", "b", "c");
    var next = GossipKey.generate();

    for (Keyring ring :
        List.of(
            Keyring.of(GossipNodes.KEY, next),
            Keyring.of(next, GossipNodes.KEY),
            Keyring.of(next))) {
      for (String name : List.of("a", "b", "c")) {
        nodes.node(name).rotate(ring);
      }
      nodes.awaitUp("a", "b", "c");
    }
    nodes.start(
        "d",
        1,
        0,
        settings ->
            GossipSettings.of(
                    settings.identity().self(),
                    "test",
                    Keyring.of(next),
                    settings.endpoint().bind())
                .withSeeds(() -> List.of(nodes.node("a").self().gossipAddress())));

    nodes.awaitUp("a", "b", "c", "d");
    assertThat(nodes.events("a")).noneMatch(MemberEvent.Down.class::isInstance);
  }

  @Test
  void an_incarnation_is_above_what_the_cluster_remembers(@TempDir Path directory)
      throws IOException {
    nodes.startAll("a");
    var seed = nodes.node("a").self().gossipAddress();
    nodes.start("b", 9_000_000_000_000L, 0, seed);
    nodes.awaitUp("a", "b");
    nodes.kill("b");
    var name = new NodeName("b");
    var memory = new NodeMemory(directory, name);
    var past = Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);
    var incarnations = new Incarnations("test", Keyring.of(GossipNodes.KEY), past);

    var settled =
        incarnations.settle(name, Optional.of(memory), List.of(seed), Duration.ofSeconds(20));
    var alone = incarnations.settle(name, Optional.of(memory), List.of(), Duration.ofSeconds(1));

    assertThat(settled.id()).isEqualTo(new NodeId(name, 9_000_000_000_001L));
    assertThat(alone.id()).isEqualTo(new NodeId(name, 9_000_000_000_002L));
  }

  @Test
  void who_is_replaced_by_a_later_start_is_told() throws IOException {
    nodes.startAll("a", "b");
    var replacedBy = new CompletableFuture<NodeId>();
    var seed = nodes.node("a").self().gossipAddress();
    nodes.start(
        "c",
        5,
        0,
        settings -> settings.withSeeds(() -> List.of(seed)).onSuperseded(replacedBy::complete));
    nodes.awaitUp("a", "b", "c");
    var first = nodes.node("c");

    nodes.start("c", 6, 0, seed);

    assertThat(replacedBy.orTimeout(30, TimeUnit.SECONDS).join().incarnation()).isEqualTo(6);
    nodes.awaitUp("a", "b", "c");
    first.close();
  }

  @Test
  void known_addresses_survive_a_restart_on_disk(@TempDir Path directory) throws IOException {
    var memory = new NodeMemory(directory, new NodeName("b"));
    nodes.startAll("a");
    nodes.start(
        "b",
        1,
        0,
        settings ->
            settings
                .withMemory(memory)
                .withSeeds(() -> List.of(nodes.node("a").self().gossipAddress())));
    nodes.awaitUp("a", "b");
    nodes.kill("b");

    nodes.start("b", 2, 0, settings -> settings.withMemory(memory));

    nodes.awaitUp("a", "b");
  }

  @Test
  void nodes_that_all_left_meet_again_without_a_seed(@TempDir Path directory) throws Exception {
    var memory = new NodeMemory(directory, new NodeName("b"));
    var first = nodes.start("a", 1, 0).self().gossipAddress();
    nodes.start("b", 1, 0, settings -> settings.withMemory(memory).withSeeds(() -> List.of(first)));
    nodes.awaitUp("a", "b");
    nodes.node("a").leave(GossipNodes.PATIENCE);
    nodes.kill("a");
    nodes.awaitState("b", "a", MemberState.LEFT);
    nodes.node("b").leave(GossipNodes.PATIENCE);
    nodes.kill("b");

    nodes.start("a", 2, first.getPort());
    nodes.start("b", 2, 0, settings -> settings.withMemory(memory));

    nodes.awaitUp("a", "b");
  }
}
