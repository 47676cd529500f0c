package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import io.roster.net.membership.wire.PacketCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What must hold of every step of every node; throws {@link AssertionError} when it does not. */
public final class GossipInvariants implements GossipSim.Observer {

  private final GossipSim cluster;
  private final Map<NodeId, SimNode> starts = new HashMap<>();
  private final Map<NodeId, Map<String, Seen>> views = new HashMap<>();

  /** What an observer was last told of a name. */
  private record Seen(NodeId id, boolean up, long version, MemberState state) {}

  /** Checks the nodes of {@code cluster}, once it observes them. */
  public GossipInvariants(GossipSim cluster) {
    this.cluster = cluster;
  }

  @Override
  public void stepped(SimNode node, Input input, List<Effect> effects) {
    starts.put(node.id(), node);
    bounded(node);
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Send(var to, Packet packet) -> sent(node, packet);
        case Effect.Announce(MemberEvent event) -> announced(node, event);
        case Effect.Echo _,
            Effect.Open _,
            Effect.Say _,
            Effect.Close _,
            Effect.Left _,
            Effect.Superseded _ -> {
          // Nothing to hold against these.
        }
      }
    }
  }

  /** I7: what is kept of members is bounded by their number. */
  private static void bounded(SimNode node) {
    var swim = node.swim();
    require(
        swim.suspicions() < swim.upCount() && swim.pendingRumors() <= swim.digest().members(),
        () ->
            "%s: %d suspicions of %d, %d news of %d"
                .formatted(
                    node.id(),
                    swim.suspicions(),
                    swim.upCount(),
                    swim.pendingRumors(),
                    swim.digest().members()));
  }

  /** I8: every accuser counts once, and nobody accuses itself. */
  private static void accused(SimNode node, Rumor.Accused news) {
    var accusers = news.accusers();
    require(
        Set.copyOf(accusers).size() == accusers.size()
            && (news.state() == MemberState.LEFT || !accusers.contains(news.about().name())),
        () -> "%s tells of accusers %s of %s".formatted(node.id(), accusers, news.about()));
  }

  /** I7: packets fit. I1: nobody gives out a version that its owner has not. */
  private void sent(SimNode node, Packet packet) {
    int bytes = PacketCodec.encode(packet).length + GossipSim.ENVELOPE_BYTES;
    require(
        bytes <= cluster.options().dissemination().packetBytesMax(),
        () -> "%s sends %d bytes".formatted(node.id(), bytes));
    for (Rumor rumor : packet.rumors()) {
      if (rumor instanceof Rumor.Accused news) {
        accused(node, news);
      }
      var owner = starts.get(rumor.about());
      if (owner != null) {
        require(
            rumor.version() <= owner.swim().self().version(),
            () ->
                "%s tells version %d of %s, which has given out %d"
                    .formatted(
                        node.id(), rumor.version(), rumor.about(), owner.swim().self().version()));
      }
    }
  }

  /** I12: up and down alternate, the old start goes before the new. I1, I4: nothing goes back. */
  private void announced(SimNode node, MemberEvent event) {
    var view = views.computeIfAbsent(node.id(), _ -> new HashMap<>());
    Member member = event.member();
    var name = member.id().name().value();
    var before = view.get(name);
    switch (event) {
      case MemberEvent.Up _ -> {
        require(member.isUp(), () -> "%s: up in state %s".formatted(node.id(), member));
        if (before != null) {
          require(!before.up(), () -> "%s: %s is up twice".formatted(node.id(), member.id()));
          require(
              member.id().incarnation() > before.id().incarnation()
                  || (member.id().equals(before.id())
                      && member.version() > before.version()
                      && before.state() == MemberState.DEAD),
              () ->
                  "%s: %s came back with nothing new after %s"
                      .formatted(node.id(), member, before));
        }
      }
      case MemberEvent.Down _ -> {
        require(!member.isUp(), () -> "%s: down in state %s".formatted(node.id(), member));
        require(
            before == null || (before.up() && before.id().equals(member.id())),
            () -> "%s: %s goes down, but was %s".formatted(node.id(), member.id(), before));
      }
      case MemberEvent.Suspected _, MemberEvent.Refuted _, MemberEvent.Updated _ -> {
        require(
            before == null || (before.up() && before.id().equals(member.id())),
            () -> "%s: %s, but %s".formatted(node.id(), event, before));
        require(
            before == null || member.version() >= before.version(),
            () -> "%s: %s goes back before %s".formatted(node.id(), event, before));
      }
    }
    view.put(name, new Seen(member.id(), member.isUp(), member.version(), member.state()));
  }

  private static void require(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise.get());
    }
  }
}
