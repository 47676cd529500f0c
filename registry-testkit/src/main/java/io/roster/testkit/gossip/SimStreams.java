package io.roster.testkit.gossip;

import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.testkit.sim.SimNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Streams between simulated nodes: in order and complete, refused, or broken by time. */
final class SimStreams {

  private final GossipSim cluster;
  private final SimNetwork<InetSocketAddress> network;
  private final Duration timeout;
  private final Map<End, Connection> ends = new HashMap<>();

  /** Those whose first message has not arrived. */
  private final Set<End> opening = new HashSet<>();

  private record End(SimNode node, long stream) {}

  private static final class Connection {
    final End opener;
    final End acceptor;
    private long atOpenerNanos = Long.MIN_VALUE;
    private long atAcceptorNanos = Long.MIN_VALUE;

    Connection(End opener, End acceptor) {
      this.opener = opener;
      this.acceptor = acceptor;
    }

    End other(End end) {
      return end.equals(opener) ? acceptor : opener;
    }

    /** When what was sent to an end last arrives. */
    long arrival(End end) {
      return end.equals(opener) ? atOpenerNanos : atAcceptorNanos;
    }

    void arrives(End end, long atNanos) {
      if (end.equals(opener)) {
        atOpenerNanos = atNanos;
      } else {
        atAcceptorNanos = atNanos;
      }
    }
  }

  SimStreams(GossipSim cluster, SimNetwork<InetSocketAddress> network, Duration timeout) {
    this.cluster = cluster;
    this.network = network;
    this.timeout = timeout;
  }

  void open(SimNode node, long stream, InetSocketAddress to, StreamMessage first) {
    var opener = new End(node, stream);
    opening.add(opener);
    // The challenge goes before the first message.
    cluster
        .simulation()
        .after(
            network.handshake().plus(network.delay()),
            () ->
                network.connected(
                    node.address(),
                    to,
                    timeout,
                    Long.MIN_VALUE,
                    () -> arrive(opener, to, first),
                    () -> fail(opener, false)));
  }

  void say(SimNode node, long stream, StreamMessage message, boolean last) {
    var from = new End(node, stream);
    var connection = ends.get(from);
    if (connection == null) {
      return;
    }
    var to = connection.other(from);
    pass(connection, from, to, message);
    if (last) {
      ends.remove(from);
    }
  }

  void close(SimNode node, long stream) {
    var end = new End(node, stream);
    opening.remove(end);
    var connection = ends.remove(end);
    if (connection != null) {
      var other = connection.other(end);
      network.connected(
          node.address(),
          other.node().address(),
          timeout,
          connection.arrival(other),
          () -> fail(other, false),
          () -> {});
    }
  }

  private void arrive(End opener, InetSocketAddress to, StreamMessage first) {
    if (!opening.remove(opener)) {
      return;
    }
    var peer = cluster.at(to).orElse(null);
    if (peer == null || peer.state() == SimNode.State.CRASHED) {
      cluster.simulation().after(timeout, () -> fail(opener, false));
      return;
    }
    if (peer.state() == SimNode.State.KILLED || peer.state() == SimNode.State.LEFT) {
      network.connected(
          to,
          opener.node().address(),
          timeout,
          Long.MIN_VALUE,
          () -> fail(opener, true),
          () -> fail(opener, false));
      return;
    }
    var acceptor = new End(peer, peer.nextAccepted());
    var connection = new Connection(opener, acceptor);
    ends.put(opener, connection);
    ends.put(acceptor, connection);
    cluster
        .simulation()
        .after(
            timeout,
            () -> {
              ends.remove(acceptor);
              if (ends.containsKey(opener)) {
                fail(opener, false);
              }
            });
    int bytes = cluster.bytesOf(first);
    opener.node().bytesSent += bytes;
    peer.bytesReceived += bytes;
    peer.input(new Input.StreamHeard(acceptor.stream(), first));
  }

  private void pass(Connection connection, End from, End to, StreamMessage message) {
    int bytes = cluster.bytesOf(message);
    from.node().bytesSent += bytes;
    long arrives =
        network.connected(
            from.node().address(),
            to.node().address(),
            timeout,
            connection.arrival(to),
            () -> {
              if (ends.containsKey(to)) {
                to.node().bytesReceived += bytes;
                to.node().input(new Input.StreamHeard(to.stream(), message));
              }
            },
            () -> fail(to, false));
    connection.arrives(to, arrives);
  }

  private void fail(End end, boolean refused) {
    opening.remove(end);
    ends.remove(end);
    if (end.stream() > 0) {
      end.node().input(new Input.StreamFailed(end.stream(), refused));
    }
  }
}
