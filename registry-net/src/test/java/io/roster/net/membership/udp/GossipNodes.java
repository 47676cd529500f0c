package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Gossiping nodes on loopback, in this JVM, with cuts between them. */
final class GossipNodes implements AutoCloseable {

  static final GossipKey KEY = GossipKey.generate();
  private static final int AT_A_TIME = 5;
  private static final int SEEDS = 2;
  private static final Duration CALM = Duration.ofSeconds(3);

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, GossipMembership> nodes = new LinkedHashMap<>();
  private final Map<String, List<MemberEvent>> events = new ConcurrentHashMap<>();
  private final Map<Integer, String> owners = new ConcurrentHashMap<>();
  private final Set<Set<String>> cuts = ConcurrentHashMap.newKeySet();
  private final GossipOptions options;

  GossipNodes() {
    this(GossipOptions.loopback());
  }

  GossipNodes(GossipOptions options) {
    this.options = options;
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  GossipMembership start(String name, long incarnation, int port, InetSocketAddress... seeds)
      throws IOException {
    return start(name, incarnation, port, settings -> settings.withSeeds(() -> List.of(seeds)));
  }

  GossipMembership start(
      String name, long incarnation, int port, UnaryOperator<GossipSettings> change)
      throws IOException {
    var settings =
        GossipSettings.of(
                new NodeId(new NodeName(name), incarnation),
                "test",
                Keyring.of(KEY),
                loopback(port))
            .withOptions(options)
            .withLinkFilter((_, peer) -> passes(name, peer));
    var node = GossipMembership.start(change.apply(settings));
    var heard = new CopyOnWriteArrayList<MemberEvent>();
    events.put(name, heard);
    owners.put(node.self().gossipAddress().getPort(), name);
    node.subscribe(heard::add);
    nodes.put(name, node);
    return node;
  }

  /**
   * Starts nodes of these names that join through the first, a few at a time, each time until all
   * have seen each other for a while. They share a JVM that has compiled nothing yet; all at once
   * they would keep each other from answering.
   */
  void startAll(String... names) throws IOException {
    for (int i = 0; i < names.length; i++) {
      if (nodes.isEmpty()) {
        start(names[i], 1, 0);
      } else {
        start(names[i], 1, 0, nodes.values().iterator().next().self().gossipAddress());
      }
      if ((i + 1) % AT_A_TIME == 0) {
        awaitCalm(nodes.keySet().toArray(String[]::new));
      }
    }
    awaitUp(names);
  }

  /** Starts nodes of these names, none of which waits for any other; the first two are seeds. */
  void startAtOnce(String... names) throws IOException {
    var seeds = new CopyOnWriteArrayList<InetSocketAddress>();
    for (String name : names) {
      var node = start(name, 1, 0, settings -> settings.withSeeds(() -> List.copyOf(seeds)));
      if (seeds.size() < SEEDS) {
        seeds.add(node.self().gossipAddress());
      }
    }
  }

  GossipMembership node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("expected a node, got: " + name);
    }
    return node;
  }

  List<MemberEvent> events(String name) {
    return List.copyOf(events.getOrDefault(name, List.of()));
  }

  /** Ends a node without a goodbye. */
  void kill(String name) {
    node(name).close();
    nodes.remove(name);
  }

  void cut(Set<String> left, Set<String> right) {
    for (String one : left) {
      for (String other : right) {
        cuts.add(Set.of(one, other));
      }
    }
  }

  void heal() {
    cuts.clear();
  }

  /** Waits until each of these sees exactly these as alive. */
  void awaitUp(String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertAllSee(member -> member.state() == MemberState.ALIVE, names));
  }

  /** Waits until each of these sees exactly these as up, be they suspected. */
  void awaitMet(String... names) {
    await().atMost(PATIENCE).untilAsserted(() -> assertAllSee(Member::isUp, names));
  }

  /** Waits until that has been so for a while. */
  void awaitCalm(String... names) {
    await().during(CALM).atMost(PATIENCE).untilAsserted(() -> assertAllSee(Member::isUp, names));
  }

  private void assertAllSee(Predicate<Member> up, String... names) {
    for (String name : names) {
      assertThat(node(name).members())
          .filteredOn(up)
          .extracting(member -> member.id().name().value())
          .as("seen by " + name)
          .containsExactlyInAnyOrder(names);
    }
  }

  void awaitState(String observer, String name, MemberState state) {
    awaitState(List.of(observer), List.of(name), state);
  }

  /** Waits until each of {@code observers} sees each of {@code names} so. */
  void awaitState(List<String> observers, List<String> names, MemberState state) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                observers.stream()
                    .allMatch(
                        observer -> names.stream().allMatch(name -> sees(observer, name, state))));
  }

  private boolean sees(String observer, String name, MemberState state) {
    return node(observer)
        .member(new NodeName(name))
        .filter(member -> member.state() == state)
        .isPresent();
  }

  @Override
  public void close() {
    new ArrayList<>(nodes.values()).forEach(GossipMembership::close);
  }

  private boolean passes(String name, InetSocketAddress peer) {
    var other = owners.get(peer.getPort());
    return other == null || other.equals(name) || !cuts.contains(Set.of(name, other));
  }
}
