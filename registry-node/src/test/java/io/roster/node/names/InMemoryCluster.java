package io.roster.node.names;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Links and gossip among nodes of one JVM, told what to do: nodes start, stop, are cut from one
 * another and meet again when the test says so. Frames of a pair of nodes keep their order; what is
 * sent over a cut is lost. Thread-safe.
 */
public final class InMemoryCluster implements AutoCloseable {

  private final Map<NodeName, Node> nodes = new TreeMap<>();
  private final Set<Set<NodeId>> cuts = new HashSet<>();

  /** Starts a node; it meets all others that it is not cut from. */
  public synchronized Node start(String name, long incarnation) {
    var node = new Node(new NodeId(new NodeName(name), incarnation));
    var before = nodes.put(node.id.name(), node);
    if (before != null) {
      throw new IllegalStateException("expected node " + name + " to be stopped first");
    }
    others(node).forEach(other -> meet(node, other));
    return node;
  }

  /** The node is gone. */
  public synchronized void crash(Node node) {
    nodes.remove(node.id.name());
    others(node).forEach(survivor -> part(survivor, node));
    node.close();
  }

  /** Cuts the nodes of one side off from all others: links break, gossip gives up. */
  public synchronized void split(Collection<Node> side) {
    for (var one : nodes.values()) {
      for (var other : nodes.values()) {
        if (side.contains(one)
            && !side.contains(other)
            && cuts.add(new TreeSet<>(Set.of(one.id, other.id)))) {
          part(one, other);
          part(other, one);
        }
      }
    }
  }

  /** Ends all cuts. */
  public synchronized void heal() {
    var healed = List.copyOf(cuts);
    cuts.clear();
    for (var pair : healed) {
      var both = new ArrayList<>(pair);
      var one = nodes.get(both.get(0).name());
      var other = nodes.get(both.get(1).name());
      if (one != null && other != null) {
        meet(one, other);
      }
    }
  }

  @Override
  public synchronized void close() {
    nodes.values().forEach(Node::close);
    nodes.clear();
  }

  private List<Node> others(Node node) {
    return nodes.values().stream().filter(other -> other != node).toList();
  }

  private boolean isCut(Node one, Node other) {
    return cuts.contains(new TreeSet<>(Set.of(one.id, other.id)));
  }

  private static void meet(Node one, Node other) {
    one.links.add(other.id);
    other.links.add(one.id);
    one.tell(() -> one.linkUp(other.id));
    other.tell(() -> other.linkUp(one.id));
    one.tell(() -> one.up(other));
    other.tell(() -> other.up(one));
  }

  private static void part(Node node, Node other) {
    node.links.remove(other.id);
    node.tell(() -> node.linkDown(other.id));
    node.tell(() -> node.down(other));
  }

  private synchronized Optional<Node> reachable(Node from, NodeName name) {
    return Optional.ofNullable(nodes.get(name)).filter(to -> !isCut(from, to));
  }

  private synchronized List<Node> all() {
    return List.copyOf(nodes.values());
  }

  /** One start of one node: its links and its gossip. */
  public final class Node implements AutoCloseable {
    private final NodeId id;
    private final ExecutorService thread;
    private final Set<NodeId> links = ConcurrentHashMap.newKeySet();
    private final Map<Feature, Transport.FrameListener> frames = new ConcurrentHashMap<>();
    private final List<Transport.LinkListener> linkListeners = new CopyOnWriteArrayList<>();
    private final List<Membership.Listener> memberListeners = new CopyOnWriteArrayList<>();
    private final Map<NodeName, Member> known = new ConcurrentSkipListMap<>();
    private volatile NodeMetadata metadata = NodeMetadata.PLAIN;

    private Node(NodeId id) {
      this.id = id;
      this.thread =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("cluster@" + id.name()).factory());
    }

    /** This node's id. */
    public NodeId id() {
      return id;
    }

    private void tell(Runnable action) {
      if (!thread.isShutdown()) {
        thread.execute(action);
      }
    }

    private void linkUp(NodeId peer) {
      linkListeners.forEach(listener -> listener.onUp(peer));
    }

    private void linkDown(NodeId peer) {
      linkListeners.forEach(listener -> listener.onDown(peer));
    }

    private void up(Node other) {
      var member = other.describe(MemberState.ALIVE);
      known.put(other.id.name(), member);
      memberListeners.forEach(listener -> listener.on(new MemberEvent.Up(member)));
    }

    private void down(Node other) {
      var member = other.describe(MemberState.DEAD);
      known.put(other.id.name(), member);
      memberListeners.forEach(listener -> listener.on(new MemberEvent.Down(member)));
    }

    private void updated(Node other) {
      known.computeIfPresent(other.id.name(), (_, member) -> other.describe(member.state()));
    }

    private Member describe(MemberState state) {
      return new Member(
          id, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), state, 1, metadata);
    }

    /** The links of this node. */
    public Transport transport() {
      return new Links();
    }

    /** The gossip of this node. */
    public Membership membership() {
      return new Gossip();
    }

    @Override
    public void close() {
      thread.shutdown();
    }

    @Override
    public String toString() {
      return id + " linked with " + links.stream().sorted().collect(Collectors.toList());
    }

    private final class Links implements Transport {

      @Override
      public NodeId self() {
        return id;
      }

      @Override
      public Set<NodeId> peers() {
        return Set.copyOf(links);
      }

      @Override
      public Sent send(NodeName peer, Lane lane, Frame frame) {
        var to = reachable(Node.this, peer);
        if (to.isEmpty()) {
          return new Sent.NotConnected(peer);
        }
        var node = to.get();
        node.tell(
            () -> {
              var listener = node.frames.get(frame.feature());
              if (listener != null && node.links.contains(id)) {
                listener.onFrame(id, frame);
              }
            });
        return new Sent.Queued();
      }

      @Override
      public void onFrames(Feature feature, FrameListener listener) {
        frames.put(feature, listener);
      }

      @Override
      public void onLinks(LinkListener listener) {
        linkListeners.add(listener);
      }
    }

    private final class Gossip implements Membership {

      @Override
      public Member self() {
        return describe(MemberState.ALIVE);
      }

      @Override
      public List<Member> members() {
        var members = new TreeMap<>(known);
        members.put(id.name(), self());
        return List.copyOf(members.values());
      }

      @Override
      public Optional<Member> member(NodeName name) {
        return members().stream().filter(member -> member.id().name().equals(name)).findFirst();
      }

      @Override
      public void subscribe(Listener listener) {
        tell(
            () -> {
              known.values().stream()
                  .filter(Member::isUp)
                  .forEach(member -> listener.on(new MemberEvent.Up(member)));
              memberListeners.add(listener);
            });
      }

      @Override
      public void updateMetadata(UnaryOperator<NodeMetadata> change) {
        metadata = change.apply(metadata);
        all().stream()
            .filter(other -> other != Node.this)
            .forEach(other -> other.updated(Node.this));
      }
    }
  }
}
