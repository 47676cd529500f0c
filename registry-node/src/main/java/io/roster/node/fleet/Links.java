package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Lane;
import io.roster.net.transport.Sent;
import io.roster.net.transport.Transport;
import io.roster.node.fleet.desired.WishMessage;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.node.fleet.wire.FleetWire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet's way to other nodes: the control lane, in order. What cannot be sent is dropped, since
 * everything said there is said again. Thread-safe.
 */
final class Links {

  private static final Logger LOG = LoggerFactory.getLogger(Links.class);

  private final Transport transport;

  Links(Transport transport) {
    this.transport = transport;
  }

  boolean send(NodeName to, WishMessage message) {
    return send(to, FleetWire.encode(message));
  }

  boolean send(NodeName to, HandOffMessage message) {
    return send(to, FleetWire.encode(message));
  }

  void sendToAll(WishMessage message) {
    ByteString payload = FleetWire.encode(message);
    for (NodeId peer : transport.peers()) {
      var _ = send(peer.name(), payload);
    }
  }

  private boolean send(NodeName to, ByteString payload) {
    Sent sent = transport.send(to, Lane.control(), new Frame(Feature.FLEET, payload));
    return switch (sent) {
      case Sent.Queued _ -> true;
      case Sent.NotConnected _, Sent.Overloaded _ -> false;
      case Sent.TooLarge(long bytes, long bytesMax) -> {
        LOG.error("fleet: frame of {} bytes for node {} is larger than {}", bytes, to, bytesMax);
        yield false;
      }
    };
  }
}
