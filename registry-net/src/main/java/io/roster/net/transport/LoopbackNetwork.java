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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

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
  private final Map<Set<NodeName>, Wire> links = new HashMap<>();

  /** A node's transport. It has no links yet. */
  public synchronized Transport join(NodeId self) {
    if (nodes.containsKey(self.name())) {
      throw new IllegalStateException("node " + self.name() + ": has joined already");
    }
    var node = new Node(self);
    nodes.put(self.name(), node);
    return node;
  }

  /**
   * Makes a link between two nodes that have joined; nothing if there is one. Waits until both have
   * heard of it, so it must not be called by what hears of links.
   */
  public synchronized void link(NodeName one, NodeName other) {
    if (one.equals(other) || links.containsKey(Set.of(one, other))) {
      return;
    }
    var wire = new Wire();
    links.put(Set.of(one, other), wire);
    var first = node(one);
    var second = node(other);
    var heard = new CountDownLatch(2);
    // Nobody sends meanwhile, so that both hear of the link before a frame over it.
    synchronized (first) {
      synchronized (second) {
        first.run(() -> first.risen(second, wire, heard));
        second.run(() -> second.risen(first, wire, heard));
      }
    }
    try {
      heard.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    var wire = links.remove(Set.of(one, other));
    if (wire == null) {
      return;
    }
    var first = node(one);
    var second = node(other);
    // Nobody sends meanwhile, so that no frame comes after the news.
    synchronized (first) {
      synchronized (second) {
        wire.cut = true;
        first.linked.remove(other);
        second.linked.remove(one);
        first.run(() -> first.listeners.forEach(each -> each.onDown(second.self)));
        second.run(() -> second.listeners.forEach(each -> each.onDown(first.self)));
      }
    }
  }

  /** Ends all links of a node and forgets it, so that a later start can join. */
  public synchronized void leave(NodeName name) {
    for (Set<NodeName> link : Set.copyOf(links.keySet())) {
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

  /** One link. */
  private static final class Wire {

    /** Guarded by both nodes: set under both locks, read under either. */
    private boolean cut;
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

    // On this node's thread, after it has heard of the end of the link before: what is sent from
    // here on belongs to the new one.
    private void risen(Node peer, Wire wire, CountDownLatch heard) {
      synchronized (this) {
        if (!wire.cut) {
          linked.put(peer.self.name(), peer);
        }
      }
      listeners.forEach(each -> each.onUp(peer.self));
      heard.countDown();
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
      if (to == null) {
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
