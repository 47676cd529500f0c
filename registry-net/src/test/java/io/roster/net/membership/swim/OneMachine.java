package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;

/** One machine and its clock, for tests that give it inputs and look at what it does. */
abstract class OneMachine {

  static final Member SELF = member("self", 5, 0);
  static final Member PEER = member("peer", 1, 0);
  static final Member OTHER = member("other", 1, 0);

  final Swim swim;
  long now = 1_000_000_000L;

  OneMachine() {
    this(GossipOptions.lan());
  }

  OneMachine(GossipOptions options) {
    swim = new Swim(SELF, options, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
  }

  Packet.Ping question(Member member, List<Effect> effects) {
    return (Packet.Ping) sentTo(effects, member).getFirst().body();
  }

  List<Effect> step(Input input) {
    return swim.step(input, now);
  }

  List<Effect> packet(Member from, Packet.Body body, Rumor... rumors) {
    return step(
        new Input.Received(from.gossipAddress(), new Packet(from.id(), body, List.of(rumors))));
  }

  /** Lets the machine hear of a member from that member. */
  void know(Member member) {
    packet(member, new Packet.News(), new Rumor.Told(member));
    // The gossip about it is sent before anything is looked at.
    now += 10_000_000_000L;
    for (int i = 0; i < 20; i++) {
      now = Math.min(Math.max(now, swim.wakeAtNanos()), now + 1_000_000_000L);
      step(new Input.Wake());
    }
  }

  MemberState state(Member member) {
    return swim.member(member.id().name()).orElseThrow().state();
  }

  static Packet.Body ping() {
    return new Packet.Ping(1, new Packet.Named(SELF.id().name()));
  }

  static Rumor accused(Member about, long version, MemberState state) {
    return new Rumor.Accused(about.id(), version, state, List.of(new NodeName("someone")));
  }

  static List<Effect.Open> opens(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Open.class::isInstance)
        .map(Effect.Open.class::cast)
        .toList();
  }

  static void noteEcho(Effect effect, List<Effect.Echo> into) {
    if (effect instanceof Effect.Echo echo) {
      into.add(echo);
    }
  }

  void echo(Effect.Echo echo) {
    packet(SELF, new Packet.Ping(echo.sequence(), new Packet.Named(SELF.id().name())));
  }

  static List<Packet> sentTo(List<Effect> effects, Member peer) {
    var packets = new ArrayList<Packet>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send(var to, var packet) && to.equals(peer.gossipAddress())) {
        packets.add(packet);
      }
    }
    return packets;
  }

  static List<Packet> bodies(List<Packet> packets, Class<? extends Packet.Body> kind) {
    return packets.stream().filter(packet -> kind.isInstance(packet.body())).toList();
  }

  static List<MemberEvent> events(List<Effect> effects) {
    var events = new ArrayList<MemberEvent>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Announce(var event)) {
        events.add(event);
      }
    }
    return events;
  }

  static Member member(String name, long incarnation, long version) {
    int port = 1_000 + Math.floorMod(name.hashCode(), 10_000);
    return new Member(
        new NodeId(new NodeName(name), incarnation),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        MemberState.ALIVE,
        version,
        NodeMetadata.PLAIN);
  }
}
