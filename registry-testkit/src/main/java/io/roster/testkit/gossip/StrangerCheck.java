package io.roster.testkit.gossip;

import io.roster.net.membership.Member;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * I9: news go only to where a member is known to be. Any other address gets bare packets, the
 * answer to a ping no longer than the ping; only the earlier start of a name is told that there is
 * a later one.
 */
final class StrangerCheck {

  private final GossipSim cluster;
  private final SimNode node;
  private final JoinCheck join;

  StrangerCheck(GossipSim cluster, SimNode node, JoinCheck join) {
    this.cluster = cluster;
    this.node = node;
    this.join = join;
  }

  /** Before {@link JoinCheck} has taken note of the step. */
  void stepped(Input input, List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send(var to, Packet packet)
          && (!packet.rumors().isEmpty() || packet.body() instanceof Packet.Ack)
          && !isKnown(to)) {
        sent(input, to, packet);
      }
    }
  }

  private void sent(Input input, InetSocketAddress to, Packet packet) {
    boolean brief =
        packet.rumors().isEmpty()
            || (packet.body() instanceof Packet.News
                && packet.rumors().size() == 1
                && packet.rumors().getFirst() instanceof Rumor.Refuted);
    Law.I9.require(
        brief,
        () -> "%s tells %s to %s, where it knows nobody".formatted(node.id(), packet.rumors(), to));
    if (packet.body() instanceof Packet.Ack
        && input instanceof Input.Received(var from, Packet question)
        && from.equals(to)) {
      int sent = cluster.bytesOf(packet);
      int asked = cluster.bytesOf(question);
      Law.I9.require(
          sent <= asked,
          () -> "%s answers %s with %d bytes for %d".formatted(node.id(), to, sent, asked));
    }
  }

  private boolean isKnown(InetSocketAddress to) {
    var there = cluster.at(to);
    if (there.isEmpty()) {
      return false;
    }
    var name = there.get().name();
    return node.swim().member(name).filter(row -> isAt(row, to)).isPresent()
        || join.held(name).filter(row -> isAt(row, to)).isPresent();
  }

  private static boolean isAt(Member row, InetSocketAddress address) {
    return row.gossipAddress().equals(address);
  }
}
