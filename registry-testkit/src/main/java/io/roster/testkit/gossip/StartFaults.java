package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Input;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Ends and starts of nodes. Each says whether it could be done. */
final class StartFaults {

  /** Room between starts for those of a clock that was set back. */
  private static final int STEP = 10;

  /** Where the addresses of second processes begin. */
  private static final int ASIDE = 100;

  private final GossipSim cluster;
  private final RandomGenerator random;

  /** Incarnations are never used twice, whatever the clock: they are in milliseconds. */
  private final Map<NodeName, Set<Long>> used = new HashMap<>();

  /** What each name's disk has of the others, and with what its last start began. */
  private final SimDisks disks = new SimDisks();

  private final Map<InetSocketAddress, Collection<InetSocketAddress>> seeds = new HashMap<>();
  private int twins;

  StartFaults(GossipSim cluster, RandomGenerator random) {
    this.cluster = cluster;
    this.random = random;
    cluster.nodes().forEach(node -> seeds.put(node.address(), everywhere(node)));
  }

  /** Ends one; half of the names stay, so that there is something left to converge. */
  boolean end(Consumer<SimNode> how) {
    var running = cluster.running();
    if (running.size() <= (cluster.nodes().size() + 1) / 2) {
      return false;
    }
    how.accept(running.get(random.nextInt(running.size())));
    return true;
  }

  /** Starts one again, whatever has become of it. */
  boolean again(Function<SimNode, List<InetSocketAddress>> known) {
    again(any(), known);
    return true;
  }

  /** Starts all again at once, or about every second one; all with seeds or all without. */
  boolean manyAgain() {
    boolean all = random.nextBoolean();
    boolean seeded = random.nextBoolean();
    var chosen = cluster.nodes().stream().filter(_ -> all || random.nextBoolean()).toList();
    chosen.forEach(node -> again(node, seeded ? this::everywhere : this::disk));
    return chosen.size() > 1;
  }

  /** Starts one again with an incarnation that is lower than its last one, and new. */
  boolean setBack() {
    var node = any();
    var earlier = earlier(node);
    if (earlier.isEmpty()) {
      return false;
    }
    begin(node, earlier.get(random.nextInt(earlier.size())), everywhere(node));
    return true;
  }

  /** Starts a second process with the name of one, somewhere else. */
  boolean twin() {
    var node = any();
    var earlier = earlier(node);
    long incarnation =
        switch (random.nextInt(3)) {
          case 0 -> latest(node) + STEP;
          case 1 -> node.id().incarnation();
          default ->
              earlier.isEmpty() ? latest(node) + STEP : earlier.get(random.nextInt(earlier.size()));
        };
    var id = new NodeId(node.name(), incarnation);
    used(node.name()).add(incarnation);
    int index = ASIDE + twins++;
    cluster.note("%s starts once more, at %s".formatted(id, GossipSim.address(index)));
    var known = everywhere(node);
    seeds.put(GossipSim.address(index), known);
    cluster.start(id, index, known);
    return true;
  }

  /** Where anybody is, or was. */
  List<InetSocketAddress> everywhere(SimNode unused) {
    return cluster.processes().map(SimNode::address).toList();
  }

  /** Where the others are or were, as a node's disk has them. */
  List<InetSocketAddress> disk(SimNode node) {
    return disks.save(node);
  }

  /**
   * Where nobody of one group has an address of the other any more, and none takes one of the other
   * for dead, they cannot meet by themselves: discovery has to find one, and does.
   */
  void introduce() {
    var running = cluster.running();
    if (running.isEmpty()) {
      return;
    }
    var met = new HashSet<SimNode>();
    var next = new ArrayDeque<SimNode>(List.of(running.getFirst()));
    while (!next.isEmpty()) {
      var node = next.remove();
      if (met.add(node)) {
        running.stream()
            .filter(other -> knows(node, other) || knows(other, node))
            .forEach(next::add);
      }
    }
    if (met.size() < running.size()) {
      cluster.note("discovery finds all");
      running.getFirst().input(new Input.Seeds(everywhere(running.getFirst())));
      for (SimNode node : running) {
        if (!met.contains(node)) {
          node.input(new Input.Seeds(everywhere(node)));
        }
      }
    }
  }

  private boolean knows(SimNode node, SimNode other) {
    var known = new LinkedHashSet<>(seeds.getOrDefault(node.address(), List.of()));
    node.swim().members().stream()
        .filter(row -> row.state() != MemberState.LEFT)
        .forEach(row -> known.add(row.gossipAddress()));
    return known.contains(other.address());
  }

  private void again(SimNode node, Function<SimNode, List<InetSocketAddress>> known) {
    begin(node, latest(node) + STEP, known.apply(node));
  }

  private void begin(SimNode node, long incarnation, List<InetSocketAddress> known) {
    used(node.name()).add(incarnation);
    seeds.put(node.address(), known);
    cluster.restart(node, incarnation, known);
  }

  private List<Long> earlier(SimNode node) {
    var used = used(node.name());
    var earlier = new ArrayList<Long>();
    for (long i = Math.max(1, node.id().incarnation() - STEP); i < node.id().incarnation(); i++) {
      if (!used.contains(i)) {
        earlier.add(i);
      }
    }
    return earlier;
  }

  private long latest(SimNode node) {
    return used(node.name()).stream().mapToLong(i -> i).max().orElse(0);
  }

  private Set<Long> used(NodeName name) {
    return used.computeIfAbsent(
        name, _ -> new HashSet<>(List.of(cluster.node(name.value()).id().incarnation())));
  }

  private SimNode any() {
    var all = List.copyOf(cluster.nodes());
    return all.get(random.nextInt(all.size()));
  }
}
