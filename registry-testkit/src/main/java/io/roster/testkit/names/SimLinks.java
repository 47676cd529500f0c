package io.roster.testkit.names;

import io.roster.core.identity.NodeId;
import io.roster.node.names.protocol.Input;
import io.roster.node.names.protocol.NamesMessage;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Links between nodes: dialled to whoever is up, again and again until it works; order within one;
 * broken by a cut some time after it, with everything that was on the way lost.
 */
final class SimLinks {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration DIAL_AGAIN = Duration.ofMillis(500);

  private final Simulation simulation;
  private final SimNetwork<InetSocketAddress> network;
  private final Function<NodeId, InetSocketAddress> address;
  private final Function<NodeId, SimNames> names;

  /** The number of the present link of each pair; a message of an earlier one is dropped. */
  private final Map<Pair, Long> open = new HashMap<>();

  private long links;

  private record Pair(NodeId low, NodeId high) {
    static Pair of(NodeId one, NodeId other) {
      return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
    }
  }

  SimLinks(
      Simulation simulation,
      SimNetwork<InetSocketAddress> network,
      Function<NodeId, InetSocketAddress> address,
      Function<NodeId, SimNames> names) {
    this.simulation = simulation;
    this.network = network;
    this.address = address;
    this.names = names;
  }

  /** Dials until there is a link or one of both is gone. */
  void dial(NodeId from, NodeId to) {
    if (open.containsKey(Pair.of(from, to)) || !bothRun(from, to)) {
      return;
    }
    if (!network.passes(address.apply(from), address.apply(to))
        || !network.passes(address.apply(to), address.apply(from))) {
      simulation.after(DIAL_AGAIN, () -> dial(from, to));
      return;
    }
    simulation.after(
        network.delay(),
        () -> {
          if (bothRun(from, to) && open.putIfAbsent(Pair.of(from, to), ++links) == null) {
            names.apply(from).input(new Input.LinkUp(to));
            names.apply(to).input(new Input.LinkUp(from));
          }
        });
  }

  void send(NodeId from, NodeId to, NamesMessage message) {
    var link = open.get(Pair.of(from, to));
    if (link == null) {
      return;
    }
    network.connected(
        address.apply(from),
        address.apply(to),
        PATIENCE,
        () -> {
          if (link.equals(open.get(Pair.of(from, to))) && bothRun(from, to)) {
            names.apply(to).input(new Input.Received(from, message));
          }
        },
        () -> broken(from, to, link));
  }

  /** Ends every link of a node that is gone. */
  void gone(NodeId node) {
    // In their order: that of an unmodifiable map differs from JVM to JVM.
    for (var pair : List.copyOf(open.entrySet())) {
      if (pair.getKey().low().equals(node) || pair.getKey().high().equals(node)) {
        broken(pair.getKey().low(), pair.getKey().high(), pair.getValue());
      }
    }
  }

  private void broken(NodeId from, NodeId to, Long link) {
    if (open.remove(Pair.of(from, to), link)) {
      names.apply(from).input(new Input.LinkDown(to));
      names.apply(to).input(new Input.LinkDown(from));
      simulation.after(DIAL_AGAIN, () -> dial(from, to));
    }
  }

  private boolean bothRun(NodeId one, NodeId other) {
    return names.apply(one).isRunning() && names.apply(other).isRunning();
  }
}
