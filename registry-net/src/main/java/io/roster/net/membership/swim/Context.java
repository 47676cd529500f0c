package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What the parts of one machine share. Confined to whoever steps the machine. */
final class Context {

  /** Room for the envelope around a packet. */
  private static final int ENVELOPE = 64;

  /** About as many news as one packet takes. */
  private static final int PORTION = 32;

  final NodeId self;
  final GossipOptions options;
  final RandomGenerator random;
  final MemberTable table;
  final Agenda agenda = new Agenda();
  final Rumors rumors = new Rumors();
  final LocalHealth health;

  /** Time awake: moments when the machine was paused do not count. */
  long nowNanos;

  /** Whether this node has said goodbye. */
  boolean leaving;

  private final List<Effect> effects = new ArrayList<>();
  private long gossipedAtNanos = Long.MIN_VALUE / 2;
  private long gossipDueNanos;
  private Optional<Agenda.Entry> gossipPlanned = Optional.empty();
  private long sequence;
  private boolean silent;

  /** Where in an interval this node speaks if it does so by the interval alone. */
  private final long phaseNanos;

  private int neighbour;

  Context(NodeId self, GossipOptions options, MemberTable table, RandomGenerator random) {
    this.self = self;
    this.options = options;
    this.random = random;
    this.sequence = random.nextLong() >>> 1;
    this.phaseNanos = sequence % options.dissemination().interval().toNanos();
    this.table = table;
    this.health = new LocalHealth(options.health().slowdownMax());
  }

  Member own() {
    return table.get(self.name()).orElseThrow();
  }

  /** Does nothing any more, whatever else the rest of the step would do; {@code last} says why. */
  void fallSilent(Effect last) {
    emit(last);
    silent = true;
    agenda.clear();
  }

  boolean isSilent() {
    return silent;
  }

  void emit(Effect effect) {
    if (!silent) {
      effects.add(effect);
    }
  }

  void announce(MemberEvent event) {
    emit(new Effect.Announce(event));
  }

  List<Effect> drainEffects() {
    var drained = List.copyOf(effects);
    effects.clear();
    return drained;
  }

  long nextSequence() {
    return ++sequence;
  }

  Agenda.Entry after(Duration delay, Agenda.Alarm alarm) {
    return agenda.at(nowNanos + delay.toNanos(), alarm);
  }

  /** An interval with up to a quarter more or less, so that nodes do not march in step. */
  void afterAbout(Duration delay, Agenda.Alarm alarm) {
    long nanos = delay.toNanos();
    agenda.at(nowNanos + nanos - nanos / 4 + random.nextLong(nanos / 2 + 1), alarm);
  }

  /** Passes a rumor on: at once if nothing was sent lately, else with the next gossip. */
  void spread(Rumor rumor) {
    rumors.add(rumor);
    planGossip();
  }

  /**
   * Much to tell is told in portions, spread over the interval, each to other members: so what has
   * just been heard goes on sooner than if all went at once.
   */
  void planGossip() {
    if (rumors.isEmpty()) {
      return;
    }
    long due = gossipDue();
    if (gossipPlanned.isEmpty() || due < gossipDueNanos) {
      gossipPlanned.ifPresent(Agenda.Entry::cancel);
      gossipDueNanos = due;
      gossipPlanned = Optional.of(agenda.at(due, new Agenda.Alarm.GossipNow()));
    }
  }

  private long gossipDue() {
    long interval = options.dissemination().interval().toNanos();
    int most = options.dissemination().portions();
    if (most == 0) {
      return nowNanos + interval - Math.floorMod(nowNanos - phaseNanos, interval);
    }
    int portions = Math.min(most, 1 + rumors.size() / PORTION);
    return Math.max(nowNanos, gossipedAtNanos + interval / portions);
  }

  /** Sends what is new to a few members. */
  void gossip() {
    gossipPlanned = Optional.empty();
    gossipedAtNanos = nowNanos;
    var peers = gossipPeers();
    for (Member peer : peers) {
      if (!rumors.isEmpty()) {
        send(peer.gossipAddress(), new Packet.News());
      }
    }
    if (!peers.isEmpty()) {
      // With nobody to tell, whoever comes back has news that plan the next one.
      planGossip();
    }
  }

  /*
   * One of them is a neighbour, the others are random. Chance is fast but misses somebody: of a
   * hundred that each tell eight, one in thirty times. That everybody tells its next two as well makes
   * sure.
   */
  private List<Member> gossipPeers() {
    int fanout = options.dissemination().fanout();
    var near = fanout > 1 ? nextNeighbour() : Optional.<Member>empty();
    var peers =
        table.pick(
            fanout - (near.isPresent() ? 1 : 0),
            peer -> peer.state() == MemberState.ALIVE && !peer.equals(near.orElse(null)));
    near.ifPresent(peers::addFirst);
    return peers;
  }

  private Optional<Member> nextNeighbour() {
    int neighbours = options.dissemination().neighbours();
    if (neighbours == 0) {
      return Optional.empty();
    }
    neighbour = neighbour % neighbours + 1;
    return table.neighbour(neighbour);
  }

  /**
   * Sends to a member with as many news as fit; to a suspect with what is held against it alone,
   * since each news is sent a limited number of times and must not be spent on the unreachable.
   */
  void sendToMember(Member peer, Packet.Body body) {
    if (peer.state() == MemberState.ALIVE) {
      send(peer.gossipAddress(), body);
    } else {
      sendBare(peer.gossipAddress(), body, about(peer.id().name()));
    }
  }

  /**
   * Sends to an address that is said to be {@code name}'s: as to a member where it is known to be
   * one's, else with nothing, for nobody to have this node flood an address of his choice.
   */
  void sendTo(NodeName name, InetSocketAddress to, Packet.Body body) {
    if (isAt(name, to)) {
      sendToMember(table.get(name).orElseThrow(), body);
    } else {
      sendBare(to, body, List.of());
    }
  }

  /** Whether {@code name} is known to be at that address. */
  boolean isAt(NodeName name, InetSocketAddress address) {
    return table.get(name).filter(held -> held.gossipAddress().equals(address)).isPresent();
  }

  void send(InetSocketAddress to, Packet.Body body) {
    send(to, body, List.of());
  }

  /** Sends to an address with the given news first and, after them, as many others as fit. */
  void send(InetSocketAddress to, Packet.Body body, List<Rumor> first) {
    int room = options.dissemination().packetBytesMax() - ENVELOPE - Sizes.PACKET;
    for (Rumor rumor : first) {
      room -= Sizes.of(rumor);
    }
    var further = rumors.take(room, sendsMax());
    if (first.isEmpty()) {
      emit(new Effect.Send(to, new Packet(self, body, further)));
      return;
    }
    var news = new ArrayList<Rumor>(first);
    for (Rumor rumor : further) {
      if (!first.contains(rumor)) {
        news.add(rumor);
      }
    }
    emit(new Effect.Send(to, new Packet(self, body, news)));
  }

  /** Sends to an address that is not known to be a member's: nothing travels with it. */
  void sendBare(InetSocketAddress to, Packet.Body body, List<Rumor> only) {
    emit(new Effect.Send(to, new Packet(self, body, only)));
  }

  /** What is held against {@code name}, if anything and if suspects are told. */
  List<Rumor> about(NodeName name) {
    return options.refutation().buddy() ? charge(name) : List.of();
  }

  /** What is held against {@code name}, if anything: it can refute only what it has heard. */
  List<Rumor> charge(NodeName name) {
    return table
        .get(name)
        .filter(held -> held.state() == MemberState.SUSPECT || held.state() == MemberState.DEAD)
        .<List<Rumor>>map(
            held ->
                List.of(
                    new Rumor.Accused(
                        held.id(), held.version(), held.state(), List.of(self.name()))))
        .orElse(List.of());
  }

  private int sendsMax() {
    double digits = Math.ceil(Math.log10(table.upCount() + 1.0));
    return (int) (options.dissemination().retransmitMultiplier() * Math.max(1, digits));
  }
}
