package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Asks members whether they are there: directly, then through others and over a stream at once.
 *
 * <p>One member in each interval, everybody once in a round; besides, at once and with a bound,
 * those that somebody called suspect or dead.
 */
final class Prober {

  private static final int CHECKS_MAX = 16;
  private static final int RELAYS_MAX = 1_024;
  private static final int WAITING_MAX = 4_096;

  private final Context context;
  private final View view;
  private final Streams streams;
  private final Map<Long, Probe> probes = new HashMap<>();
  private final Set<NodeName> underProbe = new HashSet<>();
  private final SequencedSet<NodeName> waiting = new LinkedHashSet<>();
  private final Map<Long, Relay> relays = new HashMap<>();
  private final Map<NodeName, Long> roundTripNanos = new HashMap<>();
  private long sequence;

  /** When something authentic last came from a member. */
  private final Map<NodeName, Long> heardAtNanos = new HashMap<>();

  private long doubtedAtNanos = Long.MIN_VALUE / 2;

  /** One question that is out. */
  private static final class Probe {
    final Member target;
    final long askedAtNanos;
    OptionalLong stream = OptionalLong.empty();
    boolean slow;
    boolean refused;
    int helpers;
    int nacks;

    Probe(Member target, long askedAtNanos) {
      this.target = target;
      this.askedAtNanos = askedAtNanos;
    }
  }

  /** A question that was put for somebody else. */
  private record Relay(InetSocketAddress asker, long sequence) {}

  Prober(Context context, View view, Streams streams) {
    this.context = context;
    this.view = view;
    this.streams = streams;
    this.sequence = context.random.nextLong() >>> 1;
  }

  /** The next of the round. */
  void next() {
    context.agenda.at(
        context.nowNanos + scaled(context.options.probes().interval()),
        new Agenda.Alarm.ProbeNext());
    context.table.nextToProbe().ifPresent(target -> begin(target, false));
    // A suspect whose refutation was lost must not wait for its next turn.
    view.oldestSuspect().ifPresent(name -> check(name, false));
  }

  /** Probes a member out of turn. */
  void check(NodeName name, boolean withStream) {
    boolean isSelf = name.equals(context.self.name());
    if (isSelf || underProbe.contains(name) || waiting.size() >= WAITING_MAX) {
      return;
    }
    if (probes.size() >= CHECKS_MAX) {
      waiting.add(name);
      return;
    }
    context.table.get(name).filter(Member::isUp).ifPresent(target -> begin(target, withStream));
  }

  /** Something authentic was heard from a member. */
  void heard(NodeName from) {
    heardAtNanos.put(from, context.nowNanos);
  }

  long nextSequence() {
    return ++sequence;
  }

  void slow(long asked) {
    var probe = probes.get(asked);
    if (probe == null) {
      return;
    }
    probe.slow = true;
    var target = probe.target;
    var helpers =
        context.table.pick(
            context.options.probes().indirect(),
            member ->
                member.state() == MemberState.ALIVE
                    && !member.id().name().equals(target.id().name()));
    probe.helpers = helpers.size();
    for (Member helper : helpers) {
      context.sendToMember(
          helper, new Packet.PingRequest(asked, target.id().name(), target.gossipAddress()));
    }
    openStream(probe, asked);
    judge(asked, probe);
  }

  void over(long asked) {
    var probe = probes.get(asked);
    if (probe != null) {
      fail(asked, probe);
    }
  }

  void acked(long asked, NodeId who, boolean direct) {
    var probe = probes.get(asked);
    if (probe == null) {
      relayed(asked, who);
    } else if (probe.target.id().equals(who)) {
      if (direct) {
        noteRoundTrip(who.name(), context.nowNanos - probe.askedAtNanos);
      }
      succeed(asked, probe);
    }
  }

  void nacked(long asked) {
    var probe = probes.get(asked);
    if (probe != null && probe.nacks < probe.helpers) {
      probe.nacks++;
      judge(asked, probe);
    }
  }

  void streamAnswered(long asked, NodeId who) {
    var probe = probes.get(asked);
    if (probe != null && probe.target.id().equals(who)) {
      succeed(asked, probe);
    }
  }

  void streamFailed(long asked, boolean refused) {
    var probe = probes.get(asked);
    if (probe != null) {
      probe.stream = OptionalLong.empty();
      probe.refused |= refused;
      judge(asked, probe);
    }
  }

  /** Somebody asks this node to ask somebody. */
  void relay(InetSocketAddress asker, Packet.PingRequest request) {
    if (relays.size() >= RELAYS_MAX) {
      return;
    }
    long own = nextSequence();
    relays.put(own, new Relay(asker, request.sequence()));
    context.send(
        request.address(),
        new Packet.Ping(own, new Packet.Named(request.target())),
        context.about(request.target()));
    var timeout = context.options.probes().timeout();
    context.after(timeout.multipliedBy(4).dividedBy(5), new Agenda.Alarm.RelayLate(own));
    context.after(
        context.options.probes().interval().multipliedBy(2), new Agenda.Alarm.RelayOver(own));
  }

  void relayLate(long own) {
    var relay = relays.get(own);
    if (relay != null) {
      context.send(relay.asker(), new Packet.Nack(relay.sequence()), List.of());
    }
  }

  void relayOver(long own) {
    relays.remove(own);
  }

  /** The smoothed round trip to a member, if one was measured. */
  Optional<Duration> roundTrip(NodeName name) {
    return Optional.ofNullable(roundTripNanos.get(name)).map(Duration::ofNanos);
  }

  void forget(NodeName name) {
    roundTripNanos.remove(name);
    heardAtNanos.remove(name);
  }

  private void relayed(long own, NodeId who) {
    var relay = relays.remove(own);
    if (relay != null) {
      context.send(relay.asker(), new Packet.Ack(relay.sequence(), who), List.of());
    }
  }

  private void begin(Member target, boolean withStream) {
    if (!underProbe.add(target.id().name())) {
      return;
    }
    long asked = nextSequence();
    var probe = new Probe(target, context.nowNanos);
    probes.put(asked, probe);
    context.sendToMember(target, new Packet.Ping(asked, new Packet.Named(target.id().name())));
    if (withStream) {
      openStream(probe, asked);
    }
    long now = context.nowNanos;
    context.agenda.at(
        now + scaled(context.options.probes().timeout()), new Agenda.Alarm.ProbeSlow(asked));
    context.agenda.at(
        now + scaled(context.options.probes().interval()), new Agenda.Alarm.ProbeOver(asked));
  }

  private void openStream(Probe probe, long asked) {
    if (probe.stream.isEmpty() && !probe.refused) {
      probe.stream =
          OptionalLong.of(
              streams.open(
                  new Streams.ForProbe(asked),
                  probe.target.gossipAddress(),
                  new StreamMessage.Probe(context.self, probe.target.id().name())));
    }
  }

  /**
   * A closed port is evidence, once the member has had its time to answer a datagram and nobody who
   * was asked has reached it either.
   */
  private void judge(long asked, Probe probe) {
    if (probe.refused && probe.slow && probe.nacks >= probe.helpers) {
      fail(asked, probe);
    }
  }

  private void succeed(long asked, Probe probe) {
    context.health.better();
    end(asked, probe);
  }

  private void fail(long asked, Probe probe) {
    end(asked, probe);
    if (probe.refused) {
      view.refused(probe.target);
    } else {
      doubt(probe.helpers > 0 ? probe.helpers - probe.nacks : 1);
      view.unanswered(probe.target);
      lookAround();
    }
  }

  /** Failures of one moment are one reason to doubt oneself, however many they are. */
  private void doubt(int by) {
    if (context.nowNanos - doubtedAtNanos >= context.options.probes().interval().toNanos()) {
      doubtedAtNanos = context.nowNanos;
      context.health.worse(by);
    }
  }

  /** One failure may be the first sign of a split: ask some who have not been heard lately too. */
  private void lookAround() {
    long lately = context.nowNanos - context.options.probes().interval().toNanos();
    context
        .table
        .pick(
            CHECKS_MAX / 2,
            member ->
                member.state() == MemberState.ALIVE
                    && !underProbe.contains(member.id().name())
                    && heardAtNanos.getOrDefault(member.id().name(), Long.MIN_VALUE) < lately)
        .forEach(member -> check(member.id().name(), false));
  }

  private void end(long asked, Probe probe) {
    probes.remove(asked);
    underProbe.remove(probe.target.id().name());
    probe.stream.ifPresent(streams::close);
    if (!waiting.isEmpty() && probes.size() < CHECKS_MAX) {
      check(waiting.removeFirst(), true);
    }
  }

  private long scaled(Duration duration) {
    return duration.toNanos() * context.health.scale();
  }

  private void noteRoundTrip(NodeName name, long nanos) {
    roundTripNanos.merge(name, nanos, (old, latest) -> old - old / 8 + latest / 8);
  }
}
