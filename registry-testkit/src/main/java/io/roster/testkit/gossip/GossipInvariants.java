package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold of every step of every node; throws {@link AssertionError} when it does not, with
 * the seed and what happened last.
 */
public final class GossipInvariants implements GossipSim.Observer {

  private final GossipSim cluster;
  private final Map<SimNode, Watch> watches = new HashMap<>();

  /** The highest version that each start has given out; of twins, either. */
  private final Map<NodeId, Long> versions = new HashMap<>();

  /** What each observer was last told of each name. */
  private final Map<SimNode, Map<String, Member>> views = new HashMap<>();

  /** What is watched of one node. */
  private record Watch(
      ClockCheck clock,
      NameCheck name,
      ChargeCheck charge,
      StrangerCheck stranger,
      SpreadCheck spread,
      JoinCheck join) {}

  /** Checks the nodes of {@code cluster}, once it observes them. */
  public GossipInvariants(GossipSim cluster) {
    this.cluster = cluster;
  }

  @Override
  public void stepped(SimNode node, Input input, List<Effect> effects) {
    try {
      check(node, input, effects);
    } catch (AssertionError e) {
      throw cluster.simulation().failure(String.valueOf(e.getMessage()), e);
    }
  }

  private void check(SimNode node, Input input, List<Effect> effects) {
    versions.merge(node.id(), node.swim().self().version(), Math::max);
    var heard = Heard.by(node, input);
    long now = cluster.simulation().nowNanos();
    var watch = watches.computeIfAbsent(node, this::watch);
    watch.clock().stepped(now, effects);
    watch.name().stepped(heard, effects);
    watch.charge().stepped(effects);
    watch.stranger().stepped(input, effects);
    watch.spread().stepped(input, heard, effects);
    watch.join().stepped(heard.news(), effects);
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

  private Watch watch(SimNode node) {
    var join = new JoinCheck(node, cluster.options().reconnect().membersMax());
    return new Watch(
        new ClockCheck(node, cluster.simulation().nowNanos()),
        new NameCheck(node),
        new ChargeCheck(cluster, node, join),
        new StrangerCheck(cluster, node, join),
        new SpreadCheck(cluster, node),
        join);
  }

  /** I7: what is kept of members is bounded by their number. */
  private static void bounded(SimNode node) {
    var swim = node.swim();
    Law.I7.require(
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
    Law.I8.require(
        Set.copyOf(accusers).size() == accusers.size()
            && (news.state() == MemberState.LEFT || !accusers.contains(news.about().name())),
        () -> "%s tells of accusers %s of %s".formatted(node.id(), accusers, news.about()));
  }

  /** I7: packets fit. I1: nobody gives out a version that its owner has not. */
  private void sent(SimNode node, Packet packet) {
    int bytes = cluster.bytesOf(packet);
    Law.I7.require(
        bytes <= cluster.options().dissemination().packetBytesMax(),
        () -> "%s sends %d bytes".formatted(node.id(), bytes));
    for (Rumor rumor : packet.rumors()) {
      if (rumor instanceof Rumor.Accused news) {
        accused(node, news);
      }
      var given = versions.get(rumor.about());
      if (given != null) {
        Law.I1.require(
            rumor.version() <= given,
            () ->
                "%s tells version %d of %s, which has given out %d"
                    .formatted(node.id(), rumor.version(), rumor.about(), given));
      }
    }
  }

  /** I12: up and down alternate, the old start goes before the new. I1, I4: nothing goes back. */
  private void announced(SimNode node, MemberEvent event) {
    var view = views.computeIfAbsent(node, _ -> new HashMap<>());
    Member member = event.member();
    var name = member.id().name().value();
    var before = view.get(name);
    switch (event) {
      case MemberEvent.Up _ -> {
        Law.I12.require(member.isUp(), () -> "%s: up in state %s".formatted(node.id(), member));
        if (before != null) {
          Law.I12.require(
              !before.isUp(), () -> "%s: %s is up twice".formatted(node.id(), member.id()));
          Law.I4.require(
              isLater(member, before),
              () ->
                  "%s: %s came back with nothing new after %s"
                      .formatted(node.id(), member, before));
        }
      }
      case MemberEvent.Down _ -> {
        Law.I12.require(!member.isUp(), () -> "%s: down in state %s".formatted(node.id(), member));
        Law.I12.require(
            before == null || (before.isUp() && before.id().equals(member.id())),
            () -> "%s: %s goes down, but was %s".formatted(node.id(), member.id(), before));
      }
      case MemberEvent.Suspected _, MemberEvent.Refuted _, MemberEvent.Updated _ -> {
        Law.I12.require(
            before == null || (before.isUp() && before.id().equals(member.id())),
            () -> "%s: %s, but %s".formatted(node.id(), event, before));
        Law.I1.require(
            before == null || member.version() >= before.version(),
            () -> "%s: %s goes back before %s".formatted(node.id(), event, before));
      }
    }
    view.put(name, member);
  }

  /** A later start, a twin in its place, or the same start with something newer to say. */
  private static boolean isLater(Member member, Member before) {
    if (!member.id().equals(before.id())) {
      return member.id().incarnation() > before.id().incarnation();
    }
    return before.state() == MemberState.DEAD
        && (member.version() > before.version()
            || !member.gossipAddress().equals(before.gossipAddress()));
  }
}
