package io.roster.testkit.gossip;

import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.testkit.sim.SimNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Streams between simulated nodes: in order and complete, refused, or broken by time. */
final class SimStreams {

  private final GossipSim cluster;
  private final SimNetwork<InetSocketAddress> network;
  private final Duration timeout;
  private final Map<End, Connection> ends = new HashMap<>();

  private record End(SimNode node, long stream) {}

  private record Connection(End opener, End acceptor) {
    End other(End end) {
      return end.equals(opener) ? acceptor : opener;
    }
  }

  SimStreams(GossipSim cluster, SimNetwork<InetSocketAddress> network, Duration timeout) {
    this.cluster = cluster;
    this.network = network;
    this.timeout = timeout;
  }

  void open(SimNode node, long stream, InetSocketAddress to, StreamMessage first) {
    var opener = new End(node, stream);
    // A handshake and the challenge go before the first message.
    var handshake = network.delay().multipliedBy(3);
    cluster
        .simulation()
        .after(
            handshake,
            () ->
                network.connected(
                    node.address(),
                    to,
                    timeout,
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
    pass(from, to, message);
    if (last) {
      ends.remove(from);
    }
  }

  void close(SimNode node, long stream) {
    var end = new End(node, stream);
    var connection = ends.remove(end);
    if (connection != null) {
      var other = connection.other(end);
      network.connected(
          node.address(), other.node().address(), timeout, () -> fail(other, false), () -> {});
    }
  }

  private void arrive(End opener, InetSocketAddress to, StreamMessage first) {
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

  private void pass(End from, End to, StreamMessage message) {
    int bytes = cluster.bytesOf(message);
    from.node().bytesSent += bytes;
    network.connected(
        from.node().address(),
        to.node().address(),
        timeout,
        () -> {
          if (ends.containsKey(to)) {
            to.node().bytesReceived += bytes;
            to.node().input(new Input.StreamHeard(to.stream(), message));
          }
        },
        () -> fail(to, false));
  }

  private void fail(End end, boolean refused) {
    ends.remove(end);
    if (end.stream() > 0) {
      end.node().input(new Input.StreamFailed(end.stream(), refused));
    }
  }
}
