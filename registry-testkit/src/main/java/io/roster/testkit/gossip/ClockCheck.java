package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.StreamMessage;
import java.util.List;

/**
 * I11: a node's time is what has passed since it began. No clock on a wall moves its alarms or
 * makes another start of it, and no moment of its own gets to others, whose clocks began elsewhere.
 */
final class ClockCheck {

  private final SimNode node;
  private final NodeId id;

  /** By how much the node's clock was ahead of the true time at its first step. */
  private final long aheadNanos;

  ClockCheck(SimNode node, long nowNanos) {
    this.node = node;
    this.id = node.id();
    this.aheadNanos = node.steppedAtNanos() - nowNanos;
  }

  void stepped(long nowNanos, List<Effect> effects) {
    long late = nowNanos + aheadNanos - node.steppedAtNanos();
    Law.I11.require(late == 0, () -> "the clock of %s was moved by %d ns".formatted(id, -late));
    Law.I11.require(
        node.swim().self().id().equals(id),
        () -> "%s is %s now".formatted(id, node.swim().self().id()));
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send(_, Packet packet)) {
        Law.I11.require(
            packet.from().equals(id), () -> "%s sends as %s".formatted(id, packet.from()));
      } else if (effect instanceof Effect.Say(_, StreamMessage.Rows(_, var rows, _), _)) {
        rows.forEach(row -> plausible(row, nowNanos));
      }
    }
  }

  private void plausible(StreamMessage.Known row, long nowNanos) {
    Law.I11.require(
        row.downMillis() >= 0 && row.downMillis() <= nowNanos / 1_000_000,
        () ->
            "%s tells that %s is down for %d ms"
                .formatted(id, row.member().id(), row.downMillis()));
  }
}
