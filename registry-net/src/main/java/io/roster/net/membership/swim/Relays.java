package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Questions that this node puts for others, and the answers that it passes back. */
final class Relays {

  private static final int RELAYS_MAX = 1_024;

  /** A question that was put for somebody else. */
  private record Relay(
      NodeName asker, InetSocketAddress address, long sequence, Agenda.Entry late) {}

  private final Context context;
  private final Map<Long, Relay> open = new HashMap<>();

  Relays(Context context) {
    this.context = context;
  }

  /** Somebody asks this node to ask somebody. */
  void ask(NodeName asker, InetSocketAddress address, Packet.PingRequest request) {
    if (open.size() >= RELAYS_MAX) {
      return;
    }
    long own = context.nextSequence();
    var probes = context.options.probes();
    // Four fifths of the asker's patience, so that it hears from its helpers before it judges.
    var late =
        context.after(
            probes.timeout().multipliedBy(4).dividedBy(5), new Agenda.Alarm.RelayLate(own));
    open.put(own, new Relay(asker, address, request.sequence(), late));
    context.sendTo(
        request.target(),
        request.address(),
        new Packet.Ping(own, new Packet.Named(request.target())));
    context.after(probes.interval().multipliedBy(2), new Agenda.Alarm.RelayOver(own));
  }

  /** The one asked has not answered yet: this node at least is there. */
  void late(long own) {
    var relay = open.get(own);
    if (relay != null) {
      context.sendTo(relay.asker(), relay.address(), new Packet.Nack(relay.sequence()));
    }
  }

  void over(long own) {
    open.remove(own);
  }

  void answered(long own, NodeId who) {
    var relay = open.remove(own);
    if (relay != null) {
      relay.late().cancel();
      context.sendTo(relay.asker(), relay.address(), new Packet.Ack(relay.sequence(), who));
    }
  }
}
