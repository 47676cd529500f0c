package io.roster.testkit.names;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.swim.Effect;
import io.roster.node.names.protocol.Input;
import io.roster.node.names.protocol.NamesMessage;
import io.roster.testkit.gossip.GossipSim;
import io.roster.testkit.gossip.SimDisks;
import io.roster.testkit.gossip.SimNode;
import io.roster.testkit.sim.Link;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A cluster with gossip and names in one simulation: gossip's events reach the name tables, links
 * follow the members, the arbiter follows the network late.
 */
public final class ClusterSim {

  private static final int SKEW_MILLIS = 2_000;

  /** How often a node writes down where the others are. */
  private static final Duration REMEMBER = Duration.ofSeconds(10);

  private final Simulation simulation;
  private final RandomGenerator chance;
  private final SimNetwork<InetSocketAddress> network;
  private final GossipSim gossip;
  private final SimLinks links;
  private final SimArbiter arbiter;
  private final Map<NodeId, SimNames> names = new LinkedHashMap<>();

  /** What the disk of each node tells its next start: where the others were. */
  private final SimDisks disks = new SimDisks();

  private long splits;

  private ClusterSim(Simulation simulation, double loss) {
    this.simulation = simulation;
    this.chance = simulation.fork();
    this.network = new SimNetwork<>(simulation, Link.lan().losing(loss));
    this.gossip = new GossipSim(simulation, network, GossipOptions.lan());
    this.gossip.countNoBytes();
    this.links = new SimLinks(simulation, network, ClusterSim.this::address, this::names);
    this.arbiter = new SimArbiter(simulation, this::passes, this::repaired);
    this.gossip.observe((node, _, effects) -> stepped(node, effects));
  }

  /** {@code nodes} nodes {@code n0}, {@code n1}, … that know each other. */
  public static ClusterSim of(long seed, int nodes, double loss) {
    var cluster = new ClusterSim(new Simulation(seed), loss);
    cluster.gossip.startJoined(nodes);
    cluster.gossip.nodes().forEach(cluster::begin);
    for (var one : cluster.gossip.nodes()) {
      for (var other : cluster.gossip.nodes()) {
        if (!one.id().equals(other.id())) {
          cluster.names(one.id()).input(new Input.MemberUp(other.id()));
          cluster.links.dial(one.id(), other.id());
        }
      }
    }
    return cluster;
  }

  /** The world it lives in. */
  public Simulation simulation() {
    return simulation;
  }

  /** Its gossip. */
  public GossipSim gossip() {
    return gossip;
  }

  /** The names of every node that runs. */
  public List<SimNames> running() {
    return names.values().stream().filter(SimNames::isRunning).toList();
  }

  /** The names of every start of every node. */
  public Collection<SimNames> starts() {
    return names.values();
  }

  /** Cuts the network; the arbiter notices within some seconds. */
  public void split(List<List<NodeName>> sides) {
    note("the network is cut: " + sides);
    network.split(sides.stream().map(side -> side.stream().map(this::address).toList()).toList());
    long split = ++splits;
    simulation.after(
        late(4_000),
        () -> {
          if (split == splits) {
            arbiter.split(sides);
          }
        });
  }

  /** Heals the network; the arbiter merges within some seconds. */
  public void heal() {
    note("the network is whole");
    network.heal();
    long heal = ++splits;
    simulation.after(
        late(8_000),
        () -> {
          if (heal == splits) {
            arbiter.merge();
          }
        });
  }

  /** Ends a node with its host. */
  public void crash(SimNames node) {
    gossip.crash(gossip.node(node.id().name().value()));
    node.crash();
    links.gone(node.id());
    simulation.after(late(2_000), () -> arbiter.leave(node.id().name()));
  }

  /** Starts the node again that an earlier start was of, with two seeds and what it remembers. */
  public void restart(SimNames node) {
    var seeds = new ArrayList<>(disks.of(node.id().name()));
    seeds.addAll(List.of(GossipSim.address(0), GossipSim.address(1)));
    begin(gossip.restart(gossip.node(node.id().name().value()), seeds));
  }

  /** Notes a line for whoever reads a failure. */
  public void note(String line) {
    simulation.note(line);
  }

  RandomGenerator chance() {
    return chance;
  }

  SimArbiter arbiter() {
    return arbiter;
  }

  void send(NodeId from, NodeId to, NamesMessage message) {
    links.send(from, to, message);
  }

  private void begin(SimNode node) {
    long skew = (long) chance.nextInt(2 * SKEW_MILLIS) - SKEW_MILLIS;
    names.put(node.id(), new SimNames(this, node.id(), skew));
    arbiter.join(node.name());
    remember(node);
  }

  private void remember(SimNode node) {
    if (!node.isRunning()) {
      return;
    }
    var _ = disks.save(node);
    simulation.after(REMEMBER, () -> remember(node));
  }

  private SimNames names(NodeId id) {
    var found = names.get(id);
    if (found == null) {
      throw new IllegalStateException("invariant: every start has its names: " + id);
    }
    return found;
  }

  private InetSocketAddress address(NodeId id) {
    return address(id.name());
  }

  private InetSocketAddress address(NodeName name) {
    return gossip.node(name.value()).address();
  }

  private boolean passes(NodeName from, NodeName to) {
    return network.passes(address(from), address(to));
  }

  private void repaired(NodeName name) {
    var id = gossip.node(name.value()).id();
    simulation.after(
        Duration.ZERO,
        () -> {
          if (names.containsKey(id)) {
            names(id).input(new Input.StoreRepaired());
          }
        });
  }

  private void stepped(SimNode node, List<Effect> effects) {
    var events = new ArrayList<MemberEvent>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Announce(var event) && !event.member().id().equals(node.id())) {
        events.add(event);
      }
    }
    for (var event : events) {
      simulation.after(Duration.ZERO, () -> tell(node.id(), event));
    }
  }

  private void tell(NodeId observer, MemberEvent event) {
    var subject = event.member().id();
    switch (event) {
      case MemberEvent.Up _ -> {
        names(observer).input(new Input.MemberUp(subject));
        links.dial(observer, subject);
      }
      case MemberEvent.Down _ -> names(observer).input(new Input.MemberDown(subject));
      case MemberEvent.Suspected _, MemberEvent.Refuted _, MemberEvent.Updated _ -> {}
    }
  }

  private Duration late(int millisMax) {
    return Duration.ofMillis(100 + chance.nextInt(millisMax));
  }
}
