package io.roster.net.transport;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Links inside one JVM, without sockets: the port's contract for tests and for several nodes in one
 * program. Thread-safe. Links are made and cut by whoever holds the network.
 *
 * <p>Each node hears everything on one thread of its own, so all lanes to it keep one order.
 * Buffers have no bound; the size of a frame has.
 */
public final class LoopbackNetwork implements AutoCloseable {

  private static final int FRAME_BYTES_MAX = 16 << 20;

  private final Map<NodeName, Node> nodes = new HashMap<>();
  private final Set<Set<NodeName>> links = new HashSet<>();

  /** A node's transport. It has no links yet. */
  public synchronized Transport join(NodeId self) {
    if (nodes.containsKey(self.name())) {
      throw new IllegalStateException("node " + self.name() + ": has joined already");
    }
    var node = new Node(self);
    nodes.put(self.name(), node);
    return node;
  }

  /** Makes a link between two nodes that have joined; nothing if there is one. */
  public synchronized void link(NodeName one, NodeName other) {
    if (!one.equals(other) && links.add(Set.of(one, other))) {
      // Both hear of the link before either can send over it.
      var first = node(one);
      var second = node(other);
      first.risen(second);
      second.risen(first);
    }
  }

  /** Links every two nodes that have joined. */
  public synchronized void linkAll() {
    for (NodeName one : List.copyOf(nodes.keySet())) {
      for (NodeName other : List.copyOf(nodes.keySet())) {
        link(one, other);
      }
    }
  }

  /** Ends the link between two nodes; what is on its way still arrives before the news. */
  public synchronized void cut(NodeName one, NodeName other) {
    if (links.remove(Set.of(one, other))) {
      var first = node(one);
      var second = node(other);
      first.fallen(second);
      second.fallen(first);
    }
  }

  /** Ends all links of a node and forgets it, so that a later start can join. */
  public synchronized void leave(NodeName name) {
    for (Set<NodeName> link : Set.copyOf(links)) {
      if (link.contains(name)) {
        link.stream().filter(end -> !end.equals(name)).forEach(other -> cut(name, other));
      }
    }
    node(name).thread.shutdown();
    nodes.remove(name);
  }

  private Node node(NodeName name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException("node " + name + ": has not joined");
    }
    return node;
  }

  @Override
  public synchronized void close() {
    nodes.values().forEach(node -> node.thread.shutdown());
    nodes.clear();
    links.clear();
  }

  private static final class Node implements Transport {

    private final NodeId self;
    private final ExecutorService thread;
    private final ConcurrentMap<NodeName, Node> linked = new ConcurrentHashMap<>();
    private final ConcurrentMap<Feature, FrameListener> takers = new ConcurrentHashMap<>();
    private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();

    Node(NodeId self) {
      this.self = self;
      this.thread =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("loopback@" + self.name()).factory());
    }

    // Invariant: the news of a link is queued before the link is published, and unpublished before
    // its end is queued; as one thread takes the queue, frames lie between the two.

    private void risen(Node peer) {
      tell(listener -> listener.onUp(peer.self));
      linked.put(peer.self.name(), peer);
    }

    private void fallen(Node peer) {
      linked.remove(peer.self.name());
      synchronized (peer) {
        // Whoever still sends to this node holds this lock; afterwards nobody does.
        tell(listener -> listener.onDown(peer.self));
      }
    }

    private void tell(Consumer<LinkListener> news) {
      run(() -> listeners.forEach(news));
    }

    private void run(Runnable task) {
      try {
        thread.execute(task);
      } catch (RejectedExecutionException e) {
        // The node has left; it hears nothing any more.
        return;
      }
    }

    @Override
    public NodeId self() {
      return self;
    }

    @Override
    public Set<NodeId> peers() {
      var peers = new HashSet<NodeId>();
      linked.values().forEach(peer -> peers.add(peer.self));
      return Set.copyOf(peers);
    }

    @Override
    public synchronized Sent send(NodeName peer, Lane lane, Frame frame) {
      ByteString payload = frame.payload();
      if (payload.size() > FRAME_BYTES_MAX) {
        return new Sent.TooLarge(payload.size(), FRAME_BYTES_MAX);
      }
      var to = linked.get(peer);
      if (to == null || !to.linked.containsKey(self.name())) {
        return new Sent.NotConnected(peer);
      }
      to.run(() -> to.take(self, frame));
      return new Sent.Queued();
    }

    private void take(NodeId from, Frame frame) {
      var taker = takers.get(frame.feature());
      if (taker != null) {
        taker.onFrame(from, frame);
      }
    }

    @Override
    public void onFrames(Feature feature, FrameListener listener) {
      if (takers.putIfAbsent(feature, listener) != null) {
        throw new IllegalStateException("feature " + feature + ": has a listener already");
      }
    }

    @Override
    public void onLinks(LinkListener listener) {
      listeners.add(listener);
    }
  }
}
