package io.roster.net.membership.udp;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Gossiping nodes on loopback, in this JVM, with cuts between them. */
final class GossipNodes implements AutoCloseable {

  static final GossipKey KEY = GossipKey.generate();
  private static final int AT_A_TIME = 5;
  private static final Duration CALM = Duration.ofSeconds(3);

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, GossipMembership> nodes = new LinkedHashMap<>();
  private final Map<String, List<MemberEvent>> events = new ConcurrentHashMap<>();
  private final Map<Integer, String> owners = new ConcurrentHashMap<>();
  private final Set<Set<String>> cuts = ConcurrentHashMap.newKeySet();

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
            .withOptions(GossipOptions.loopback())
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
        awaitUpFor(CALM, nodes.keySet().toArray(String[]::new));
      }
    }
    awaitUp(names);
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
    awaitUpFor(Duration.ZERO, names);
  }

  private void awaitUpFor(Duration time, String... names) {
    await()
        .during(time)
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (String name : names) {
                var up = new HashSet<String>();
                for (Member member : node(name).members()) {
                  if (member.state() == MemberState.ALIVE) {
                    up.add(member.id().name().value());
                  }
                }
                org.assertj.core.api.Assertions.assertThat(up)
                    .as("seen by " + name)
                    .containsExactlyInAnyOrder(names);
              }
            });
  }

  void awaitState(String observer, String name, MemberState state) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                node(observer)
                    .member(new NodeName(name))
                    .filter(member -> member.state() == state)
                    .isPresent());
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
