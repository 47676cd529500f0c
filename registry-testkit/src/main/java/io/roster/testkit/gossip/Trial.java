package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run of one scenario under one seed. Not thread-safe; runs once. */
public final class Trial {

  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Up to so many nodes, views that are equal by their digests are compared row by row as well. */
  private static final int ROWS_COMPARED = 100;

  private final TrialOptions options;
  private final Simulation simulation;
  private final SimNetwork<InetSocketAddress> network;
  private final GossipSim cluster;

  /** For each observer, whom it has still to see go; those with nobody left have seen it all. */
  private final Map<NodeId, Set<NodeName>> awaited = new LinkedHashMap<>();

  private final Map<NodeId, Long> seenMicros = new HashMap<>();
  private final Set<NodeId> slow = new HashSet<>();
  private long watchedFromNanos;
  private long falsePositives;
  private long falseAtHealthy;
  private long slowDeaths;

  /** A run that has not begun. */
  public Trial(TrialOptions options, long seed) {
    this.options = options;
    this.simulation = new Simulation(seed);
    this.network = new SimNetwork<>(simulation, options.link());
    this.cluster = new GossipSim(simulation, network, options.gossip());
    if (!options.bytesCounted()) {
      cluster.countNoBytes();
    }
  }

  /** Runs it. */
  public Figures run() {
    if (options.bytesCounted()) {
      cluster.observe(new GossipInvariants(cluster));
    }
    cluster.observe(this::observe);
    cluster.startJoined(options.nodes());
    simulation.runFor(WARM_UP);
    return switch (options.scenario()) {
      case QUIET -> quiet();
      case CRASH -> gone(cluster::crash);
      case KILL -> gone(cluster::kill);
      case LEAVE -> gone(cluster::leave);
      case CUT -> cut();
      case ONE_WAY -> oneWay();
      case PARTIAL -> partial();
      case SLOW -> slow();
      case STARVED -> starved();
      case RESTART -> restart();
    };
  }

  private Figures quiet() {
    return figures(options.hold(), List.of(), List.of(), List.of());
  }

  private Figures gone(Consumer<SimNode> end) {
    var victim = cluster.node("n" + (options.nodes() / 2));
    // Not in step with anybody's probes.
    simulation.runFor(Duration.ofMillis(simulation.random().nextLong(1_000)));
    end.accept(victim);
    for (SimNode node : cluster.nodes()) {
      if (!node.equals(victim)) {
        await(node, Set.of(victim.name()));
      }
    }
    watch();
    return figures(Duration.ZERO, List.of(), List.of(), List.of());
  }

  private Figures cut() {
    var smaller = nodes(0, options.affected());
    var larger = nodes(options.affected(), options.nodes());
    simulation.runFor(Duration.ofMillis(simulation.random().nextLong(1_000)));
    network.split(List.of(addresses(smaller), addresses(larger)));
    smaller.forEach(node -> await(node, names(larger)));
    larger.forEach(node -> await(node, names(smaller)));
    long from = simulation.nowNanos();
    watch();
    long left = options.hold().toNanos() - (simulation.nowNanos() - from);
    simulation.runFor(Duration.ofNanos(Math.max(0, left)));
    var largerMillis = List.of(last(larger));
    var smallerMillis = List.of(last(smaller));
    network.heal();
    long healMillis = converge();
    return figures(Duration.ZERO, largerMillis, smallerMillis, List.of(healMillis));
  }

  private Figures oneWay() {
    var mute = cluster.node("n0");
    nodes(1, 1 + options.nodes() / 2)
        .forEach(node -> network.cutOneWay(mute.address(), node.address()));
    return figures(options.hold(), List.of(), List.of(), List.of());
  }

  private Figures partial() {
    network.cut(GossipSim.address(0), GossipSim.address(1));
    return figures(options.hold(), List.of(), List.of(), List.of());
  }

  /** All begin at once, as in the evaluation of Lifeguard. */
  private Figures slow() {
    for (SimNode node : nodes(0, options.affected())) {
      slow.add(node.id());
      stall(node, simulation.nowNanos() + options.hold().toNanos());
    }
    return figures(options.hold(), List.of(), List.of(), List.of());
  }

  private void stall(SimNode node, long untilNanos) {
    if (simulation.nowNanos() < untilNanos) {
      var anomaly = options.anomaly();
      cluster.block(node, anomaly.blocked());
      simulation.after(anomaly.blocked().plus(anomaly.runs()), () -> stall(node, untilNanos));
    }
  }

  private Figures starved() {
    long until = simulation.nowNanos() + options.hold().toNanos();
    for (SimNode node : cluster.nodes()) {
      slow.add(node.id());
      starve(node, until);
    }
    return figures(options.hold(), List.of(), List.of(), List.of());
  }

  /** Waits grow by a power law: half of them below a fiftieth of the longest. */
  private void starve(SimNode node, long untilNanos) {
    if (simulation.nowNanos() < untilNanos) {
      double longest = options.anomaly().blocked().toNanos();
      double runs = options.anomaly().runs().toNanos();
      var wait =
          Duration.ofNanos((long) (longest * Math.pow(simulation.random().nextDouble(), 5.64)) + 1);
      var turn = Duration.ofNanos((long) (2 * runs * simulation.random().nextDouble()) + 1);
      cluster.pause(node, wait);
      simulation.after(wait.plus(turn), () -> starve(node, untilNanos));
    }
  }

  private Figures restart() {
    for (SimNode node : List.copyOf(cluster.nodes())) {
      cluster.restart(node, List.of(GossipSim.address(0), GossipSim.address(1)));
    }
    long healMillis = converge();
    return figures(Duration.ZERO, List.of(), List.of(), List.of(healMillis));
  }

  /** Runs on for {@code more} and says what was seen; costs are those of that time. */
  private Figures figures(
      Duration more, List<Long> larger, List<Long> smaller, List<Long> healMillis) {
    long from = simulation.nowNanos();
    long bytes = cluster.nodes().stream().mapToLong(SimNode::bytes).sum();
    long packets = cluster.nodes().stream().mapToLong(SimNode::packets).sum();
    simulation.runFor(more.isZero() ? Duration.ofSeconds(1) : more);
    double nodeSeconds = (simulation.nowNanos() - from) / 1e9 * options.nodes();
    return new Figures(
        options.nodes(),
        simulation.seed(),
        seenMicros.values().stream().sorted().toList(),
        larger,
        smaller,
        falsePositives,
        falseAtHealthy,
        slowDeaths,
        (cluster.nodes().stream().mapToLong(SimNode::bytes).sum() - bytes) / nodeSeconds,
        (cluster.nodes().stream().mapToLong(SimNode::packets).sum() - packets) / nodeSeconds,
        healMillis);
  }

  private void observe(SimNode node, Input input, List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Announce(MemberEvent.Down(var member))) {
        judge(node, member.id(), member.state());
        var missing = awaited.get(node.id());
        if (missing != null && missing.remove(member.id().name()) && missing.isEmpty()) {
          awaited.remove(node.id());
          seenMicros.put(node.id(), (simulation.nowNanos() - watchedFromNanos) / 1_000);
        }
      }
    }
  }

  private void judge(SimNode observer, NodeId about, MemberState state) {
    var subject = cluster.node(about.name().value());
    if (state != MemberState.DEAD || !subject.id().equals(about)) {
      return;
    }
    if (slow.contains(about) && options.scenario() != Scenario.STARVED) {
      slowDeaths++;
    } else if (isAlive(subject)
        && network.passes(observer.address(), subject.address())
        && network.passes(subject.address(), observer.address())) {
      falsePositives++;
      if (!slow.contains(observer.id())) {
        falseAtHealthy++;
      }
    }
  }

  /** One that only waits for the processor is as alive as one that has it. */
  private static boolean isAlive(SimNode subject) {
    return subject.isRunning() || subject.state() == SimNode.State.PAUSED;
  }

  private void await(SimNode observer, Set<NodeName> gone) {
    awaited.put(observer.id(), new HashSet<>(gone));
  }

  private void watch() {
    watchedFromNanos = simulation.nowNanos();
    simulation.runUntil("all have seen it", PATIENCE, awaited::isEmpty);
  }

  private long converge() {
    // Comparing all views after every event would cost more than the events.
    long from = simulation.nowNanos();
    while (!cluster.isConverged()) {
      if (simulation.nowNanos() - from > PATIENCE.toNanos()) {
        throw simulation.failure("still not converged after " + PATIENCE, null);
      }
      simulation.runFor(Duration.ofMillis(20));
    }
    long took = (simulation.nowNanos() - from) / 1_000_000;
    if (options.bytesCounted() && options.nodes() <= ROWS_COMPARED) {
      QuietCheck.check(cluster);
    }
    return took;
  }

  private long last(List<SimNode> observers) {
    return observers.stream()
        .mapToLong(node -> seenMicros.getOrDefault(node.id(), 0L) / 1_000)
        .max()
        .orElse(0);
  }

  private List<SimNode> nodes(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> cluster.node("n" + i)).toList();
  }

  private static List<InetSocketAddress> addresses(List<SimNode> nodes) {
    return new ArrayList<>(nodes.stream().map(SimNode::address).toList());
  }

  private static Set<NodeName> names(List<SimNode> nodes) {
    return new HashSet<>(nodes.stream().map(SimNode::name).toList());
  }
}
