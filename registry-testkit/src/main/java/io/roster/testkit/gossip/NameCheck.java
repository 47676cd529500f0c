package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Rumor;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * I10: whoever hears of a process that goes before it under its own name falls silent at once and
 * for good, and nobody else does. The later start goes before; of two with one incarnation, the one
 * with the greater address. That order is the same for all, so exactly one stays. With a goodbye
 * the start is over for both of them.
 */
final class NameCheck {

  private final SimNode node;
  private boolean replaced;

  NameCheck(SimNode node) {
    this.node = node;
  }

  void stepped(Heard heard, List<Effect> effects) {
    Law.I10.require(
        effects.isEmpty() || !replaced,
        () -> "%s was replaced, and still wants %s".formatted(node.id(), effects));
    boolean preceded = isPreceded(heard);
    for (Effect effect : effects) {
      if (effect instanceof Effect.Superseded(NodeId by)) {
        Law.I10.require(preceded, () -> "%s gives way to %s without need".formatted(node.id(), by));
        replaced = true;
      }
    }
    Law.I10.require(
        replaced || !preceded,
        () -> "%s heard of one that goes before it, and goes on".formatted(node.id()));
  }

  private boolean isPreceded(Heard heard) {
    boolean preceded = heard.from().isPresent() && isLater(heard.from().get());
    for (Rumor rumor : heard.news()) {
      preceded |= isLater(rumor.about()) || isTwinBefore(rumor) || hasTwinLeft(rumor);
    }
    return preceded;
  }

  private boolean isTwinBefore(Rumor rumor) {
    return rumor instanceof Rumor.Told(Member member)
        && member.id().equals(node.id())
        && isGreater(member.gossipAddress(), node.address());
  }

  /** By the numbers: what an address is called differs from node to node. */
  private static boolean isGreater(InetSocketAddress one, InetSocketAddress other) {
    int byHost =
        Arrays.compareUnsigned(one.getAddress().getAddress(), other.getAddress().getAddress());
    return byHost > 0 || (byHost == 0 && one.getPort() > other.getPort());
  }

  private boolean hasTwinLeft(Rumor rumor) {
    return rumor.about().equals(node.id())
        && isGoodbye(rumor)
        && node.swim().self().state() != MemberState.LEFT;
  }

  private static boolean isGoodbye(Rumor rumor) {
    return switch (rumor) {
      case Rumor.Told(Member member) -> member.state() == MemberState.LEFT;
      case Rumor.Accused(_, _, MemberState state, _) -> state == MemberState.LEFT;
      case Rumor.Refuted _ -> false;
    };
  }

  private boolean isLater(NodeId other) {
    return other.incarnation() > node.id().incarnation() && other.name().equals(node.name());
  }
}
