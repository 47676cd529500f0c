package io.roster.testkit.gossip;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I5: a suspect that is asked is told what is held against it, and while nothing ails the cluster
 * nobody who runs is buried, since its contradiction comes in time.
 */
final class ChargeCheck {

  private final GossipSim cluster;
  private final SimNode node;
  private final JoinCheck join;
  private final Map<NodeName, Long> suspectedAtNanos = new HashMap<>();

  ChargeCheck(GossipSim cluster, SimNode node, JoinCheck join) {
    this.cluster = cluster;
    this.node = node;
    this.join = join;
  }

  /** Before {@link JoinCheck} has taken note of the step. */
  void stepped(List<Effect> effects) {
    boolean suspects = node.swim().suspicions() > 0;
    for (Effect effect : effects) {
      if (effect instanceof Effect.Announce(MemberEvent event)) {
        announced(event);
      } else if (suspects
          && effect instanceof Effect.Send(var to, Packet packet)
          && packet.body() instanceof Packet.Ping(_, Packet.Named(NodeName name))) {
        asked(name, to, packet);
      }
    }
  }

  private void asked(NodeName name, InetSocketAddress to, Packet packet) {
    if (!cluster.options().refutation().buddy()) {
      return;
    }
    var suspect =
        node.swim()
            .member(name)
            .filter(row -> row.state() == MemberState.SUSPECT && row.gossipAddress().equals(to))
            // What became a suspect within this step may have been asked before.
            .filter(row -> join.held(name).filter(row::equals).isPresent());
    Law.I5.require(
        suspect.isEmpty()
            || packet.rumors().stream().anyMatch(news -> charges(news, suspect.get())),
        () -> "%s asks its suspect %s and does not say so".formatted(node.id(), name));
  }

  private static boolean charges(Rumor news, Member suspect) {
    return news instanceof Rumor.Accused
        && news.about().equals(suspect.id())
        && news.version() >= suspect.version();
  }

  private void announced(MemberEvent event) {
    var member = event.member();
    var name = member.id().name();
    if (event instanceof MemberEvent.Suspected) {
      suspectedAtNanos.put(name, cluster.simulation().nowNanos());
      return;
    }
    var since = suspectedAtNanos.remove(name);
    if (since != null && member.state() == MemberState.DEAD && cluster.isCalmSince(since)) {
      var subject = cluster.node(name.value());
      Law.I5.require(
          !subject.isRunning()
              || !subject.id().equals(member.id())
              // A twin of the same start that gave way is buried at its own address.
              || !subject.address().equals(member.gossipAddress()),
          () -> "%s buries %s, which runs".formatted(node.id(), member.id()));
    }
  }
}
