package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.udp.KeyRotation.Despite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys change on every node while gossip goes on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KeyRotationIT {

  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  /* These nodes have neither a disk nor a file: a restart would begin with the first key again. */
  private static final Set<Despite> NOT_KEPT = Set.of(Despite.NOT_KEPT);

  private final GossipNodes nodes = new GossipNodes();

  @AfterEach
  void end() {
    nodes.close();
  }

  private void startAll() throws IOException {
    nodes.startAll(NAMES.toArray(String[]::new));
  }

  private KeyRotation at(String name) {
    return nodes.node(name).keyRotation();
  }

  private static KeyTable done(KeyRotation.Outcome outcome) {
    assertThat(outcome).isInstanceOf(KeyRotation.Done.class);
    return ((KeyRotation.Done) outcome).table();
  }

  @Test
  void a_rotation_from_any_node_reaches_all_and_costs_no_member() throws IOException {
    startAll();
    int old = GossipNodes.KEY.id();
    var next = GossipKey.generate();

    var installed = done(at("a").install(next));
    nodes.awaitUp("a", "b", "c", "d", "e");
    var used = done(at("c").use(next.id(), NOT_KEPT));
    nodes.awaitUp("a", "b", "c", "d", "e");
    var removed = done(at("e").remove(old, NOT_KEPT));

    assertThat(installed.agreed()).isTrue();
    assertThat(installed.rows())
        .hasSize(5)
        .allMatch(row -> row.keys().equals(List.of(old, next.id())));
    assertThat(used.agreed()).isTrue();
    assertThat(used.rows()).allMatch(row -> row.keys().equals(List.of(next.id(), old)));
    assertThat(removed.agreed()).isTrue();
    assertThat(removed.rows()).allMatch(row -> row.keys().equals(List.of(next.id())));
    nodes.start(
        "f",
        1,
        0,
        settings ->
            GossipSettings.of(
                    settings.identity().self(),
                    "test",
                    Keyring.of(next),
                    settings.endpoint().bind())
                .withSeeds(() -> List.of(nodes.node("a").self().gossipAddress())));
    nodes.awaitUp("a", "b", "c", "d", "e", "f");
    for (var name : NAMES) {
      assertThat(nodes.events(name)).as(name).noneMatch(MemberEvent.Down.class::isInstance);
      assertThat(nodes.node(name).stats().rejected())
          .as(name)
          .containsEntry(Rejection.UNKNOWN_KEY, 0L)
          .containsEntry(Rejection.FORGED, 0L);
    }
  }

  @Test
  void what_would_cut_somebody_off_is_refused_and_changes_nothing() throws IOException {
    startAll();
    int old = GossipNodes.KEY.id();
    var next = GossipKey.generate();

    assertThat(at("a").remove(old, NOT_KEPT))
        .isInstanceOfSatisfying(
            KeyRotation.Refused.class,
            refused -> assertThat(refused.reason()).contains("nobody seals with", "a#1", "e#1"));
    assertThat(at("a").use(next.id(), NOT_KEPT))
        .isInstanceOfSatisfying(
            KeyRotation.Refused.class,
            refused -> assertThat(refused.reason()).contains("every member has"));
    // One node alone has it.
    nodes.node("d").rotate(Keyring.of(GossipNodes.KEY, next));
    assertThat(at("a").use(next.id(), NOT_KEPT))
        .isInstanceOfSatisfying(
            KeyRotation.Refused.class,
            refused ->
                assertThat(refused.reason()).contains("a#1, b#1, c#1, e#1").doesNotContain("d#1"));

    assertThat(at("b").list().rows())
        .filteredOn(row -> !row.node().name().equals(new NodeName("d")))
        .allMatch(row -> row.keys().equals(List.of(old)));
  }

  @Test
  void a_member_that_is_down_keeps_its_key_alive() throws IOException {
    startAll();
    var next = GossipKey.generate();
    nodes.kill("e");
    for (var name : List.of("a", "b", "c", "d")) {
      nodes.awaitState(name, "e", MemberState.DEAD);
    }
    done(at("a").install(next));

    assertThat(at("a").use(next.id(), NOT_KEPT))
        .isInstanceOfSatisfying(
            KeyRotation.Refused.class, refused -> assertThat(refused.reason()).contains("e#1"));
    nodes.start("e", 2, 0, nodes.node("a").self().gossipAddress());

    nodes.awaitUp("a", "b", "c", "d", "e");
    done(at("a").install(next));
    assertThat(done(at("a").use(next.id(), NOT_KEPT)).agreed()).isTrue();
  }

  @Test
  void a_member_that_said_goodbye_keeps_its_key_alive_as_well() throws Exception {
    nodes.startAll("a", "b", "c");
    var next = GossipKey.generate();
    nodes.node("c").leave(GossipNodes.PATIENCE);
    nodes.kill("c");
    nodes.awaitState("a", "c", MemberState.LEFT);
    done(at("a").install(next));

    assertThat(at("a").use(next.id(), NOT_KEPT))
        .isInstanceOfSatisfying(
            KeyRotation.Refused.class, refused -> assertThat(refused.reason()).contains("c#1"));
    nodes.start("c", 2, 0, nodes.node("a").self().gossipAddress());

    nodes.awaitUp("a", "b", "c");
    done(at("b").install(next));
    assertThat(done(at("b").use(next.id(), NOT_KEPT)).agreed()).isTrue();
  }

  @Test
  void a_member_that_is_down_is_shut_out_if_the_operator_says_so() throws IOException {
    nodes.startAll("a", "b", "c");
    var next = GossipKey.generate();
    nodes.kill("c");
    nodes.awaitState("a", "c", MemberState.DEAD);
    done(at("a").install(next));

    assertThat(done(at("a").use(next.id(), Set.of(Despite.AWAY, Despite.NOT_KEPT))).agreed())
        .isTrue();
    assertThat(at("a").remove(GossipNodes.KEY.id(), NOT_KEPT))
        .isInstanceOfSatisfying(
            KeyRotation.Refused.class, refused -> assertThat(refused.reason()).contains("c#1"));
    assertThat(
            done(at("a").remove(GossipNodes.KEY.id(), Set.of(Despite.AWAY, Despite.NOT_KEPT)))
                .agreed())
        .isTrue();
    nodes.awaitUp("a", "b");
  }

  @Test
  void keys_survive_a_restart_in_a_file_of_their_owner_alone(@TempDir Path directory)
      throws IOException {
    var memory = new NodeMemory(directory, new NodeName("b"));
    nodes.startAll("a");
    var seed = nodes.node("a").self().gossipAddress();
    nodes.start("b", 1, 0, settings -> settings.withMemory(memory).withSeeds(() -> List.of(seed)));
    nodes.awaitUp("a", "b");
    var next = GossipKey.generate();

    done(at("a").install(next));
    done(at("a").use(next.id(), NOT_KEPT));
    var table = done(at("a").remove(GossipNodes.KEY.id(), NOT_KEPT));

    assertThat(table.rows()).extracting(KeyTable.Row::kept).containsExactly(false, true);
    assertThat(memory.keyring()).contains(Keyring.of(next));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("gossip-b.keys"))))
        .isEqualTo("rw-------");
    nodes.kill("b");
    nodes.start(
        "b",
        2,
        0,
        settings ->
            GossipSettings.of(
                    settings.identity().self(),
                    "test",
                    memory.keyring().orElseThrow(),
                    settings.endpoint().bind())
                .withMemory(memory));
    nodes.awaitUp("a", "b");
  }

  @Test
  void keys_that_a_restart_would_lose_are_used_when_the_next_start_is_given_them()
      throws IOException {
    var given = new AtomicReference<>(Keyring.of(GossipNodes.KEY));
    nodes.startAll("a");
    var seed = nodes.node("a").self().gossipAddress();
    nodes.start(
        "b", 1, 0, settings -> settings.withNextKeys(given::get).withSeeds(() -> List.of(seed)));
    nodes.awaitUp("a", "b");
    var next = GossipKey.generate();
    done(at("a").install(next));

    assertThat(at("a").use(next.id(), Set.of()))
        .isInstanceOfSatisfying(
            KeyRotation.Refused.class,
            refused -> assertThat(refused.reason()).contains("after a restart", "a#1, b#1"));
    given.set(Keyring.of(GossipNodes.KEY, next));
    assertThat(at("a").use(next.id(), Set.of()))
        .isInstanceOfSatisfying(
            KeyRotation.Refused.class,
            refused ->
                assertThat(refused.reason()).contains("lacking then at a#1").doesNotContain("b#1"));
    assertThat(at("b").list().rows())
        .allMatch(row -> row.keys().getFirst() == GossipNodes.KEY.id());
  }
}
