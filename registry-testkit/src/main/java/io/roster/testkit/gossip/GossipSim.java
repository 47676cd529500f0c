package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Swim;
import io.roster.net.membership.wire.PacketCodec;
import io.roster.net.membership.wire.StreamCodec;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The gossip of a whole cluster in one simulation. */
public final class GossipSim {

  /** What an envelope adds to a datagram. */
  public static final int ENVELOPE_BYTES = 41;

  private final Simulation simulation;
  private final SimNetwork<InetSocketAddress> network;
  private final GossipOptions options;
  private final SimStreams streams;
  private final Map<NodeName, SimNode> nodes = new LinkedHashMap<>();

  /** Processes that run beside the one that {@link #nodes} has of their name. */
  private final Set<SimNode> twins = new LinkedHashSet<>();

  private final Map<InetSocketAddress, SimNode> byAddress = new LinkedHashMap<>();
  private final List<Observer> observers = new ArrayList<>();
  private Driver driver = (node, input, nowNanos) -> node.swim().step(input, nowNanos);
  private ToLongFunction<SimNode> clock;

  /** Of the packets of the last step; whoever looks at one reckons it once. */
  private final IdentityHashMap<Packet, Integer> sizes = new IdentityHashMap<>();

  private long calmSinceNanos = Long.MAX_VALUE;
  private boolean bytesCounted = true;

  /** Sees every step of every node, in order. */
  @FunctionalInterface
  public interface Observer {

    /** Called after the step and before its effects are performed. */
    void stepped(SimNode node, Input input, List<Effect> effects);
  }

  /** Steps a node's machine. */
  @FunctionalInterface
  interface Driver {

    /** Gives the machine an input, and says what it wants done. */
    List<Effect> step(SimNode node, Input input, long nowNanos);
  }

  /** A cluster without nodes. */
  public GossipSim(
      Simulation simulation, SimNetwork<InetSocketAddress> network, GossipOptions options) {
    this.simulation = simulation;
    this.network = network;
    this.options = options;
    this.streams = new SimStreams(this, network, options.pushPull().timeout());
    this.clock = node -> simulation.nowNanos() + origin(node);
  }

  /** The world it lives in. */
  public Simulation simulation() {
    return simulation;
  }

  /** The network between the nodes' addresses. */
  public SimNetwork<InetSocketAddress> network() {
    return network;
  }

  /** What all nodes run with. */
  public GossipOptions options() {
    return options;
  }

  /** Tells {@code observer} of every step from now on. */
  public void observe(Observer observer) {
    observers.add(observer);
  }

  /** Leaves the bytes uncounted, which is faster. */
  public void countNoBytes() {
    bytesCounted = false;
  }

  /**
   * Nothing happens to the network or the nodes any more: whoever runs is in reach, and in time.
   */
  public void calm() {
    calmSinceNanos = simulation.nowNanos();
  }

  /** Whether nothing has happened since that moment, and nothing will. */
  boolean isCalmSince(long nanos) {
    return nanos >= calmSinceNanos;
  }

  /** The latest start of every name; of those that run beside each other, one. */
  public Collection<SimNode> nodes() {
    return nodes.values();
  }

  /** The latest start of one name. */
  public SimNode node(String name) {
    return Optional.ofNullable(nodes.get(new NodeName(name)))
        .orElseThrow(() -> new IllegalArgumentException("expected a node, got: " + name));
  }

  /** The nodes that run, each of two with one name among them. */
  public List<SimNode> running() {
    return processes().filter(SimNode::isRunning).toList();
  }

  /** The latest start of every name, and whoever else has the name of one and is still there. */
  Stream<SimNode> processes() {
    return Stream.concat(nodes.values().stream(), twins.stream());
  }

  /** Of two with one name, the other one is now the one that counts. */
  void ended(SimNode node) {
    twins.remove(node);
    if (nodes.get(node.name()) == node) {
      twins.stream()
          .filter(twin -> twin.name().equals(node.name()))
          .findFirst()
          .ifPresent(
              twin -> {
                twins.remove(twin);
                nodes.put(twin.name(), twin);
              });
    }
  }

  /** Starts {@code count} nodes that know each other already, named {@code n0}, {@code n1}, …. */
  public void startJoined(int count) {
    var members = new ArrayList<Member>();
    for (int i = 0; i < count; i++) {
      members.add(member(new NodeId(new NodeName("n" + i), 1), address(i)));
    }
    var shared = new Swim.SharedView(members);
    for (Member member : members) {
      begin(shared.machine(member, options, simulation.fork()), List.of());
    }
  }

  /** Starts one node at {@code address(index)} that joins through {@code seeds}. */
  public SimNode start(NodeId id, int index, List<InetSocketAddress> seeds) {
    return begin(new Swim(member(id, address(index)), options, simulation.fork()), seeds);
  }

  /** Starts {@code count} nodes at once, each with the first {@code seeds} addresses as seeds. */
  public void startCold(int count, int seeds) {
    var known = IntStream.range(0, seeds).mapToObj(GossipSim::address).toList();
    for (int i = 0; i < count; i++) {
      start(new NodeId(new NodeName("n" + i), 1), i, known);
    }
  }

  /** Starts a node of the same name at the same address again, with the next incarnation. */
  public SimNode restart(SimNode node, List<InetSocketAddress> seeds) {
    return restart(node, node.id().incarnation() + 1, seeds);
  }

  /** Starts a node of the same name at the same address again, with any incarnation. */
  SimNode restart(SimNode node, long incarnation, List<InetSocketAddress> seeds) {
    var id = new NodeId(node.name(), incarnation);
    node.become(SimNode.State.KILLED);
    note(id + " starts again");
    return begin(new Swim(member(id, node.address()), options, simulation.fork()), seeds);
  }

  /** Ends a node with its host: nothing answers there any more. */
  public void crash(SimNode node) {
    note(node.id() + " crashes with its host");
    node.become(SimNode.State.CRASHED);
  }

  /** Ends a node's process: its host refuses connections. */
  public void kill(SimNode node) {
    note(node.id() + " is killed");
    node.become(SimNode.State.KILLED);
  }

  /** Stops a node for a while; what comes is buffered. */
  public void pause(SimNode node, Duration time) {
    hold(node, SimNode.State.PAUSED, time);
  }

  /** Lets nothing pass to a node or from it for a while, as if its sends and receives hung. */
  public void block(SimNode node, Duration time) {
    hold(node, SimNode.State.BLOCKED, time);
  }

  /** Has a node hear nothing for a while, as if its receives hung. */
  public void deafen(SimNode node, Duration time) {
    hold(node, SimNode.State.DEAF, time);
  }

  /** Lets nothing out of a node for a while, as if its sends hung. */
  public void mute(SimNode node, Duration time) {
    hold(node, SimNode.State.MUTE, time);
  }

  private void hold(SimNode node, SimNode.State state, Duration time) {
    if (node.isRunning()) {
      note("%s is %s for %s".formatted(node.id(), state, time));
      node.become(state);
      simulation.after(
          time,
          () -> {
            if (node.state() == state) {
              note(node.id() + " goes on");
              node.become(SimNode.State.RUNNING);
            }
          });
    }
  }

  /** Lets a node say goodbye and end. */
  public void leave(SimNode node) {
    note(node.id() + " leaves");
    node.input(new Input.Leave());
  }

  /** Whether every node that runs sees exactly those that run as alive, and all views are equal. */
  public boolean isConverged() {
    var running = running();
    for (SimNode node : running) {
      if (!node.swim().digest().equals(running.getFirst().swim().digest())
          || node.swim().upCount() != running.size()
          || node.swim().suspicions() > 0) {
        return false;
      }
    }
    if (running.isEmpty()) {
      return true;
    }
    var view = running.getFirst().swim();
    return running.stream()
            .allMatch(
                node ->
                    view.member(node.name())
                        .filter(member -> member.id().equals(node.id()))
                        .filter(member -> member.state() == MemberState.ALIVE)
                        .isPresent())
        && running.stream().allMatch(node -> running.stream().allMatch(node::knowsWhereIs));
  }

  /**
   * Runs until all is quiet: every node that runs sees exactly those that run, and all see the
   * same.
   *
   * @return how long it took
   * @throws AssertionError if it takes longer than {@code limit}, with what is not as it should be
   */
  public Duration converge(Duration limit) {
    long from = simulation.nowNanos();
    boolean quiet = simulation.reaches(limit, this::isConverged);
    try {
      QuietCheck.check(this);
    } catch (AssertionError e) {
      throw simulation.failure(String.valueOf(e.getMessage()), e);
    }
    if (!quiet) {
      throw simulation.failure("still not converged after " + limit, null);
    }
    return Duration.ofNanos(simulation.nowNanos() - from);
  }

  /** The address of the {@code index}th node. */
  public static InetSocketAddress address(int index) {
    byte[] ip = {10, (byte) (index >> 16), (byte) (index >> 8), (byte) index};
    try {
      return new InetSocketAddress(InetAddress.getByAddress(ip), 7_946);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("expected four bytes to be an address", e);
    }
  }

  /** Has another one step the machines from now on: a broken one, say. */
  void driveBy(Driver other) {
    driver = other;
  }

  /** Has the nodes go by another clock from now on: a broken one, say. */
  void clockBy(ToLongFunction<SimNode> other) {
    clock = other;
  }

  List<Effect> drive(SimNode node, Input input, long nowNanos) {
    return driver.step(node, input, nowNanos);
  }

  /** The node's monotonic clock. */
  long clockNanos(SimNode node) {
    return clock.applyAsLong(node);
  }

  /**
   * Where a node's clock begins: anywhere, as {@link System#nanoTime} does, so that a moment that
   * got from one node to another would be absurd there.
   */
  private static long origin(SimNode node) {
    return (long) node.id().hashCode() << 29;
  }

  Optional<SimNode> at(InetSocketAddress address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  void note(String line) {
    simulation.note(line);
  }

  void perform(SimNode node, Input input, List<Effect> effects) {
    sizes.clear();
    for (Observer observer : observers) {
      observer.stepped(node, input, effects);
    }
    for (Effect effect : effects) {
      perform(node, effect);
    }
  }

  void perform(SimNode node, Effect effect) {
    switch (effect) {
      case Effect.Announce(var event) -> note(node.id() + ": " + Lines.of(event));
      case Effect.Left() -> node.become(SimNode.State.LEFT);
      case Effect.Superseded(NodeId by) -> {
        note(node.id() + " is replaced by " + by);
        node.become(SimNode.State.LEFT);
      }
      case Effect.Send _, Effect.Echo _, Effect.Open _, Effect.Say _, Effect.Close _ -> {
        if (!node.holdBack(effect)) {
          communicate(node, effect);
        }
      }
    }
  }

  private void communicate(SimNode node, Effect effect) {
    switch (effect) {
      case Effect.Send(InetSocketAddress to, var packet) -> {
        int bytes = bytesCounted ? bytesOf(packet) : 0;
        node.packetsSent++;
        node.bytesSent += bytes;
        network.datagram(node.address(), to, () -> deliver(node.address(), to, packet, bytes));
      }
      case Effect.Echo(long sequence) -> {
        var ping = new Packet.Ping(sequence, new Packet.Named(node.name()));
        var packet = new Packet(node.id(), ping, List.of());
        network.local(() -> node.input(new Input.Received(node.address(), packet)));
      }
      case Effect.Open(long stream, InetSocketAddress to, var first) ->
          streams.open(node, stream, to, first);
      case Effect.Say(long stream, var message, boolean last) ->
          streams.say(node, stream, message, last);
      case Effect.Close(long stream) -> streams.close(node, stream);
      case Effect.Announce _, Effect.Left _, Effect.Superseded _ -> {
        // These concern the node alone.
      }
    }
  }

  /** What a packet amounts to with its envelope. */
  int bytesOf(Packet packet) {
    return sizes.computeIfAbsent(
        packet, unknown -> PacketCodec.encode(unknown).length + ENVELOPE_BYTES);
  }

  int bytesOf(io.roster.net.membership.swim.StreamMessage message) {
    return bytesCounted ? StreamCodec.encode(message).length + ENVELOPE_BYTES + 4 : 0;
  }

  private void deliver(InetSocketAddress from, InetSocketAddress to, Packet packet, int bytes) {
    var receiver = byAddress.get(to);
    if (receiver != null) {
      receiver.packetsReceived++;
      receiver.bytesReceived += bytes;
      receiver.input(new Input.Received(from, packet));
    }
  }

  private SimNode begin(Swim swim, List<InetSocketAddress> seeds) {
    var node = new SimNode(this, swim);
    var before = nodes.put(node.name(), node);
    if (before != null && before.state().isThere()) {
      twins.add(before);
    }
    byAddress.put(node.address(), node);
    node.input(new Input.Start(seeds));
    return node;
  }

  private static Member member(NodeId id, InetSocketAddress address) {
    var metadata =
        NodeMetadata.PLAIN
            .withLink(new InetSocketAddress(address.getAddress(), 7_100))
            .withArbiter(new InetSocketAddress(address.getAddress(), 5_701))
            .withArbiterReady(true);
    return new Member(id, address, MemberState.ALIVE, 0, metadata);
  }
}
