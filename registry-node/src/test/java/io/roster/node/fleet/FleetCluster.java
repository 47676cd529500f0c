package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.RemoteRouter;
import io.roster.core.process.SendResult;
import io.roster.core.signal.Signal;
import io.roster.core.time.HybridClock;
import io.roster.net.codec.MessageTypes;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.Membership;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Lane;
import io.roster.net.transport.Sent;
import io.roster.net.transport.Transport;
import io.roster.node.names.GlobalNames;
import io.roster.node.names.LocalProcesses;
import io.roster.node.names.NamesOptions;
import io.roster.node.names.NamesPorts;
import io.roster.node.names.store.InMemoryNameStore;
import io.roster.node.names.store.NameStore;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import io.roster.node.names.store.StoredName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Nodes in one JVM with real processes, names and fleets. Links keep their order, user messages
 * cross them as bytes, and a node that was killed hears and says nothing more.
 */
final class FleetCluster implements AutoCloseable {

  private final Map<NodeName, Node> nodes = new ConcurrentHashMap<>();
  private final InMemoryNameStore store = new InMemoryNameStore();
  private final List<Runnable> repairs = new CopyOnWriteArrayList<>();

  /** The nodes beyond the cut, and their arbiter. */
  private volatile Set<Node> beyond = Set.of();

  private volatile InMemoryNameStore otherStore = store;
  private final MessageTypes types;
  private final FleetOptions options;
  private final Consumer<Fleet> setUp;

  /** Asked of every frame, by its sender's thread, whether it is lost. */
  volatile BiPredicate<Node, Frame> loses = (_, _) -> false;

  FleetCluster(MessageTypes types, FleetOptions options, Consumer<Fleet> setUp) {
    this.types = types;
    this.options = options;
    this.setUp = setUp;
  }

  Node start(String name) {
    return start(name, 1);
  }

  /** A node of weight zero runs no workers. */
  Node start(String name, int weight) {
    var node = new Node(new NodeId(new NodeName(name), System.nanoTime()), weight);
    nodes.put(node.id.name(), node);
    node.join();
    setUp.accept(node.fleet);
    for (Node other : others(node)) {
      other.hear(new MemberEvent.Up(node.as(MemberState.ALIVE)));
      node.hear(new MemberEvent.Up(other.as(MemberState.ALIVE)));
      other.linkUp(node.id);
      node.linkUp(other.id);
    }
    return node;
  }

  /** The node is gone without a word; the others learn of it. */
  void kill(Node node) {
    if (!node.isUp) {
      return;
    }
    remove(node, MemberState.DEAD);
    node.processes.close();
    node.fleet.close();
  }

  /** The node says goodbye. */
  void leave(Node node) {
    node.fleet.close();
    node.names.close();
    remove(node, MemberState.LEFT);
    node.processes.close();
  }

  /** Parts {@code some} from the others, who take each other for dead. */
  void cut(Node... some) {
    otherStore = new InMemoryNameStore();
    otherStore.merge(store);
    beyond = Set.of(some);
    acrossTheCut(
        (node, other) -> {
          node.linkDown(other.id);
          node.hear(new MemberEvent.Down(other.as(MemberState.DEAD)));
        });
  }

  /** Joins both parts again. */
  void heal() {
    var parted = beyond;
    store.merge(otherStore);
    otherStore = store;
    beyond = Set.of();
    repairs.forEach(Runnable::run);
    for (Node node : parted) {
      for (Node other : others(node)) {
        if (!parted.contains(other)) {
          node.hear(new MemberEvent.Up(other.as(MemberState.ALIVE)));
          other.hear(new MemberEvent.Up(node.as(MemberState.ALIVE)));
          node.linkUp(other.id);
          other.linkUp(node.id);
        }
      }
    }
  }

  private void acrossTheCut(BiConsumer<Node, Node> action) {
    for (Node node : nodes()) {
      others(node).stream()
          .filter(other -> beyond.contains(node) != beyond.contains(other))
          .forEach(other -> action.accept(node, other));
    }
  }

  private void remove(Node node, MemberState state) {
    node.isUp = false;
    nodes.remove(node.id.name());
    for (Node other : nodes.values()) {
      other.linkDown(node.id);
      other.hear(new MemberEvent.Down(node.as(state)));
    }
  }

  List<Node> nodes() {
    return nodes.values().stream().sorted(Comparator.comparing(n -> n.id)).toList();
  }

  private List<Node> others(Node node) {
    return nodes().stream().filter(n -> n != node).toList();
  }

  @Override
  public void close() {
    nodes()
        .forEach(
            node -> {
              node.isUp = false;
              node.fleet.close();
              node.names.close();
              node.processes.close();
              node.inbox.shutdownNow();
              node.gossip.shutdownNow();
            });
  }

  /** One node. */
  final class Node {
    final NodeId id;
    final ProcessSystem processes;
    final GlobalNames names;
    final Fleet fleet;

    private final MessageCodec codec;
    private final ExecutorService inbox;
    private final ExecutorService gossip;
    private final Map<Feature, Transport.FrameListener> frames = new ConcurrentHashMap<>();
    private final List<Transport.LinkListener> links = new CopyOnWriteArrayList<>();
    private final List<Membership.Listener> members = new CopyOnWriteArrayList<>();
    private volatile NodeMetadata metadata;
    private volatile boolean isUp = true;

    private Node(NodeId id, int weight) {
      this.id = id;
      metadata = NodeMetadata.PLAIN.withArbiterReady(true).withWeight(weight);
      inbox = thread("inbox@");
      gossip = thread("gossip@");
      processes = ProcessSystem.builder(id).build();
      codec = MessageCodec.of(types, processes);
      processes.connect(new Router());
      var transport = new Wires();
      var membership = new Gossip();
      names =
          GlobalNames.start(
              new NamesPorts(
                  LocalProcesses.of(processes),
                  transport,
                  membership,
                  new SharedStore(this),
                  new NamesPorts.Time(
                      processes.ticker(), processes.timers(), HybridClock.system())),
              NamesOptions.DEFAULT);
      fleet = Fleet.start(new FleetPorts(processes, transport, membership, names, codec), options);
    }

    private void join() {
      hear(new MemberEvent.Up(as(MemberState.ALIVE)));
    }

    private ExecutorService thread(String role) {
      return Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name(role + id.name()).factory());
    }

    private void later(ExecutorService executor, Runnable action) {
      if (isUp) {
        executor.execute(
            () -> {
              if (isUp) {
                action.run();
              }
            });
      }
    }

    void hear(MemberEvent event) {
      later(gossip, () -> members.forEach(listener -> listener.on(event)));
    }

    private void linkUp(NodeId peer) {
      later(inbox, () -> links.forEach(listener -> listener.onUp(peer)));
    }

    private void linkDown(NodeId peer) {
      later(inbox, () -> links.forEach(listener -> listener.onDown(peer)));
      later(inbox, () -> processes.nodeDown(peer));
    }

    private Member as(MemberState state) {
      return new Member(
          id, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), state, 1, metadata);
    }

    private Optional<Node> peer(NodeName name) {
      return isUp ? Optional.ofNullable(nodes.get(name)).filter(p -> p != this) : Optional.empty();
    }

    private final class Wires implements Transport {
      @Override
      public NodeId self() {
        return id;
      }

      @Override
      public Set<NodeId> peers() {
        return isUp
            ? others(Node.this).stream()
                .filter(n -> beyond.contains(n) == beyond.contains(Node.this))
                .map(n -> n.id)
                .collect(Collectors.toSet())
            : Set.of();
      }

      @Override
      public Sent send(NodeName to, Lane lane, Frame frame) {
        Optional<Node> peer = peer(to);
        if (peer.isEmpty()) {
          return new Sent.NotConnected(to);
        }
        if (!loses.test(Node.this, frame)) {
          Node receiver = peer.get();
          receiver.later(
              receiver.inbox,
              () -> {
                FrameListener listener = receiver.frames.get(frame.feature());
                if (listener != null) {
                  listener.onFrame(id, frame);
                }
              });
        }
        return new Sent.Queued();
      }

      @Override
      public void onFrames(Feature feature, FrameListener listener) {
        frames.put(feature, listener);
      }

      @Override
      public void onLinks(LinkListener listener) {
        links.add(listener);
      }
    }

    private final class Gossip implements Membership {
      @Override
      public Member self() {
        return as(MemberState.ALIVE);
      }

      @Override
      public List<Member> members() {
        return FleetCluster.this.nodes().stream().map(n -> n.as(MemberState.ALIVE)).toList();
      }

      @Override
      public Optional<Member> member(NodeName name) {
        return members().stream().filter(m -> m.id().name().equals(name)).findFirst();
      }

      @Override
      public void subscribe(Listener listener) {
        later(
            gossip,
            () -> {
              members().forEach(m -> listener.on(new MemberEvent.Up(m)));
              members.add(listener);
            });
      }

      @Override
      public void updateMetadata(UnaryOperator<NodeMetadata> change) {
        metadata = change.apply(metadata);
        nodes().forEach(n -> n.hear(new MemberEvent.Updated(Node.this.as(MemberState.ALIVE))));
      }
    }

    private final class Router implements RemoteRouter {
      @Override
      public SendResult route(Pid from, Destination to, Signal signal) {
        return carry(to.nodeName(), signal, (peer, s) -> peer.processes.deliver(from, to, s));
      }

      @Override
      public SendResult route(Pid from, NodeName to, Signal signal) {
        return carry(
            to,
            signal,
            (peer, s) -> {
              if (s instanceof Signal.Down down) {
                peer.processes.deliver(from, down);
              }
            });
      }

      private SendResult carry(NodeName to, Signal signal, BiConsumer<Node, Signal> deliver) {
        Optional<Node> peer = peer(to);
        if (peer.isEmpty()) {
          return new SendResult.ConnectionLost(to);
        }
        Node receiver = peer.get();
        if (!(signal instanceof Signal.Message(Object body))) {
          receiver.later(receiver.inbox, () -> deliver.accept(receiver, signal));
          return SendResult.delivered();
        }
        try {
          ByteString bytes = codec.encode(body);
          receiver.later(
              receiver.inbox,
              () -> deliver.accept(receiver, new Signal.Message(receiver.read(bytes))));
          return SendResult.delivered();
        } catch (Exception e) {
          return new SendResult.NotEncodable(String.valueOf(e));
        }
      }
    }

    private Object read(ByteString bytes) {
      try {
        return codec.decode(bytes);
      } catch (Exception e) {
        throw new IllegalStateException("a message cannot be read", e);
      }
    }
  }

  /** The arbiter, which outlives every node. */
  private final class SharedStore implements NameStore {
    private final Node node;

    SharedStore(Node node) {
      this.node = node;
    }

    private InMemoryNameStore mine() {
      return beyond.contains(node) ? otherStore : store;
    }

    @Override
    public void submit(StoreOperation operation, Consumer<StoreAnswer> done) {
      mine().submit(operation, done);
    }

    @Override
    public void scan(Consumer<List<StoredName.Held>> found) {
      mine().scan(found);
    }

    @Override
    public void onRepair(Runnable listener) {
      repairs.add(listener);
    }

    @Override
    public void close() {}
  }
}
