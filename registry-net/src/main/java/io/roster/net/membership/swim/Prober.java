package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks members whether they are there: directly, then through others and over a stream at once.
 *
 * <p>A few members in each interval, everybody once in a round; besides, at once and with a bound,
 * those that somebody called suspect or dead.
 */
final class Prober {

  private static final int CHECKS_MAX = 16;
  private static final int WAITING_MAX = 4_096;
  private static final int ATTEMPTS = 3;

  private final Context context;
  private final View view;
  private final Streams streams;
  private final Contacts contacts;
  private final Echo echo;
  private final Map<Long, Probe> probes = new HashMap<>();

  /** Questions that were put again: by the number of the repeat. */
  private final Map<Long, Repeat> repeats = new HashMap<>();

  private final Map<NodeName, Long> underProbe = new HashMap<>();

  /** Whom to ask when there is room, and why. */
  private final SequencedMap<NodeName, Check> waiting = new LinkedHashMap<>();

  private long doubtedAtNanos = Long.MIN_VALUE / 2;

  /**
   * Why somebody is asked out of turn.
   *
   * @param charge what is said of it, for it to contradict; empty or one
   * @param withStream whether a stream goes with the datagram, for a closed port to show at once
   * @param attempts how often it is asked while this node cannot be sure that it hears itself
   */
  record Check(List<Rumor> charge, boolean withStream, int attempts) {

    /** A later start or version says more, then more accusers. */
    private static final Comparator<Rumor> WEIGHT =
        Comparator.<Rumor>comparingLong(rumor -> rumor.about().incarnation())
            .thenComparingLong(Rumor::version)
            .thenComparingInt(
                rumor -> rumor instanceof Rumor.Accused news ? news.accusers().size() : 0);

    /** A look, no more. */
    static final Check GLANCE = new Check(List.of(), false, 1);

    /** By datagram and stream at once. */
    static final Check URGENT = new Check(List.of(), true, 1);

    /**
     * Whether what is said is so. By the time that a doubtful answer is known the others have
     * ceased to say it, so it is asked again.
     */
    static Check whether(Rumor said, boolean withStream) {
      return new Check(List.of(said), withStream, ATTEMPTS);
    }

    /** Once more, if there is an attempt left. */
    Optional<Check> again() {
      return attempts > 1
          ? Optional.of(new Check(charge, withStream, attempts - 1))
          : Optional.empty();
    }

    /** One question for both reasons, with the charge that says more. */
    Check and(Check other) {
      return new Check(
          Stream.concat(other.charge.stream(), charge.stream()).max(WEIGHT).stream().toList(),
          withStream || other.withStream,
          Math.max(attempts, other.attempts));
    }
  }

  /** A repeat has a number of its own, so that an answer says which of them it answers. */
  private record Repeat(long asked, long atNanos) {}

  /** One question that is out. */
  private static final class Probe {
    final Member target;
    Check check;
    final long askedAtNanos;
    final long overAtNanos;
    final Agenda.Entry alarm;
    final List<Long> repeats = new ArrayList<>();
    Optional<Agenda.Entry> again = Optional.empty();
    final List<Long> streams = new ArrayList<>();
    long slowAtNanos;
    boolean slow;
    boolean refused;
    int helpers;
    int nacks;

    Probe(Member target, Check check, long askedAtNanos, long overAtNanos, Agenda.Entry alarm) {
      this.target = target;
      this.check = check;
      this.askedAtNanos = askedAtNanos;
      this.overAtNanos = overAtNanos;
      this.alarm = alarm;
    }
  }

  Prober(Context context, View view, Streams streams, Contacts contacts, Echo echo) {
    this.context = context;
    this.view = view;
    this.streams = streams;
    this.contacts = contacts;
    this.echo = echo;
  }

  /** The next of the round. */
  void next() {
    var options = context.options.probes();
    context.agenda.at(
        context.nowNanos + scaled(options.interval()) / options.perInterval(),
        new Agenda.Alarm.ProbeNext());
    echo.askFirst();
    context
        .table
        .nextToProbe()
        .filter(target -> !underProbe.containsKey(target.id().name()))
        .ifPresent(target -> begin(target, Check.GLANCE));
    if (options.lookAround() > 0) {
      // A suspect whose refutation was lost must not wait for its next turn.
      view.oldestSuspect().ifPresent(name -> check(name, Check.GLANCE));
    }
  }

  /** Probes a member out of turn. */
  void check(NodeName name, Check check) {
    var target = context.table.get(name).filter(Member::isUp);
    if (name.equals(context.self.name()) || target.isEmpty()) {
      return;
    }
    var asked = underProbe.get(name);
    if (asked != null) {
      var probe = current(asked);
      if (probe == null) {
        // That was put to the start before; now that it is over, this one can be asked.
        check(name, check);
      } else {
        extend(asked, probe, check);
      }
    } else if (probes.size() < CHECKS_MAX) {
      begin(target.get(), check);
    } else if (waiting.size() < WAITING_MAX || waiting.containsKey(name)) {
      waiting.merge(name, check, Check::and);
    }
  }

  /**
   * One that is being asked anyway is asked for this reason too: what is said of it is put to it,
   * and where it was found gone by somebody else, its port is looked at without waiting.
   */
  private void extend(long asked, Probe probe, Check check) {
    if (check.equals(Check.GLANCE)) {
      return;
    }
    probe.check = probe.check.and(check);
    if (!check.charge().isEmpty()) {
      context.sendBare(probe.target.gossipAddress(), new Packet.News(), check.charge());
    }
    if (check.withStream() && probe.streams.stream().noneMatch(streams::isOpen)) {
      openStream(asked, probe);
    }
    judge(asked, probe);
  }

  void slow(long asked) {
    var probe = current(asked);
    if (probe == null) {
      return;
    }
    probe.slow = true;
    probe.slowAtNanos = context.nowNanos;
    echo.ask();
    context.agenda.at(probe.overAtNanos, new Agenda.Alarm.ProbeOver(asked));
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
    // Beside one that was opened with the question. That one may be slow, or its first packet lost,
    // which a host sends again only after a second.
    openStream(asked, probe);
    judge(asked, probe);
  }

  /** Puts a question again, without the news that went with it before. */
  void repeat(long asked) {
    var probe = current(asked);
    if (probe != null && insists(probe)) {
      var name = probe.target.id().name();
      var charge = charge(probe.target, probe.check);
      long repeat = context.nextSequence();
      repeats.put(repeat, new Repeat(asked, context.nowNanos));
      probe.repeats.add(repeat);
      context.sendBare(
          probe.target.gossipAddress(),
          new Packet.Ping(repeat, new Packet.Named(name)),
          charge.isEmpty() ? context.about(name) : charge);
      planRepeat(asked, probe);
    }
  }

  /**
   * A question that is out, unless another start has taken the place of whom it was put to: what is
   * held against that one is nothing for the old address, and no answer from there says anything.
   */
  private @Nullable Probe current(long asked) {
    var probe = probes.get(asked);
    if (probe != null && !isHeld(probe.target)) {
      end(asked, probe);
      return null;
    }
    return probe;
  }

  private boolean isHeld(Member target) {
    return context
        .table
        .get(target.id().name())
        .filter(held -> held.id().equals(target.id()))
        .filter(held -> held.gossipAddress().equals(target.gossipAddress()))
        .isPresent();
  }

  /**
   * Either of two datagrams may be lost, hardly all of many. But a suspect is asked by all members
   * in every interval: once others are asked too, no more is sent to it.
   */
  private static boolean insists(Probe probe) {
    return !probe.slow || !isSuspect(probe);
  }

  private static boolean isSuspect(Probe probe) {
    return probe.target.state() == MemberState.SUSPECT;
  }

  private void planRepeat(long asked, Probe probe) {
    int most = context.options.probes().repeats();
    if (probe.repeats.size() < most) {
      long gap = (probe.overAtNanos - probe.askedAtNanos) / (most + 1);
      probe.again =
          Optional.of(
              context.agenda.at(context.nowNanos + gap, new Agenda.Alarm.ProbeAgain(asked)));
    }
  }

  void over(long asked) {
    var probe = current(asked);
    if (probe != null) {
      fail(asked, probe);
    }
  }

  /** Whether somebody answered a question of this node's own. */
  boolean acked(long sequence, NodeId who, boolean direct) {
    var repeat = repeats.get(sequence);
    long asked = repeat == null ? sequence : repeat.asked();
    var probe = probes.get(asked);
    if (probe == null) {
      return false;
    }
    if (probe.target.id().equals(who)) {
      if (direct) {
        long sentAtNanos = repeat == null ? probe.askedAtNanos : repeat.atNanos();
        contacts.roundTrip(who.name(), context.nowNanos - sentAtNanos);
      }
      succeed(asked, probe);
    }
    return true;
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
      probe.refused |= refused;
      judge(asked, probe);
    }
  }

  private void begin(Member target, Check check) {
    long asked = context.nextSequence();
    underProbe.put(target.id().name(), asked);
    long now = context.nowNanos;
    var options = context.options.probes();
    var alarm =
        context.agenda.at(now + scaled(options.timeout()), new Agenda.Alarm.ProbeSlow(asked));
    var probe = new Probe(target, check, now, now + scaled(options.interval()), alarm);
    probes.put(asked, probe);
    var ping = new Packet.Ping(asked, new Packet.Named(target.id().name()));
    var charge = charge(target, check);
    if (charge.isEmpty()) {
      context.sendToMember(target, ping);
    } else {
      context.sendBare(target.gossipAddress(), ping, charge);
    }
    planRepeat(asked, probe);
    if (check.withStream()) {
      openStream(asked, probe);
    }
  }

  /** What is said of it, unless what is held of it by now is newer. */
  private List<Rumor> charge(Member target, Check check) {
    long held = context.table.get(target.id().name()).map(Member::version).orElse(0L);
    return check.charge().stream()
        .filter(news -> news.about().equals(target.id()) && news.version() >= held)
        .toList();
  }

  private void openStream(long asked, Probe probe) {
    if (!probe.refused) {
      probe.streams.add(
          streams.open(
              new Streams.ForProbe(asked),
              probe.target.gossipAddress(),
              new StreamMessage.Probe(context.self, probe.target.id().name())));
    }
  }

  /**
   * A closed port is evidence: at once where somebody else has found the same, else once the member
   * has had its time to answer a datagram and nobody who was asked has reached it either.
   */
  private void judge(long asked, Probe probe) {
    if (!probe.refused || !isHeld(probe.target)) {
      return;
    }
    boolean alone = charge(probe.target, probe.check).isEmpty();
    if (!alone || (probe.slow && probe.nacks >= probe.helpers)) {
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
      if (echo.hearsSince(probe.slowAtNanos)) {
        view.unanswered(probe.target, probe.check.charge());
        if (!isSuspect(probe)) {
          lookAround();
        }
      } else {
        probe.check.again().ifPresent(once -> check(probe.target.id().name(), once));
      }
    }
  }

  /** Failures of one moment are one reason to doubt oneself, however many they are. */
  private void doubt(int by) {
    if (context.nowNanos - doubtedAtNanos >= context.options.probes().interval().toNanos()) {
      doubtedAtNanos = context.nowNanos;
      context.health.worse(by);
    }
  }

  /**
   * One failure may be the first sign of a split: ask some who have not been heard lately too. Not
   * each time that a suspect still says nothing: with datagrams lost, there would be no end to it.
   */
  private void lookAround() {
    long lately = context.nowNanos - context.options.probes().interval().toNanos();
    context
        .table
        .pick(
            context.options.probes().lookAround(),
            member ->
                member.state() == MemberState.ALIVE
                    && !underProbe.containsKey(member.id().name())
                    && !contacts.heardSince(member.id().name(), lately))
        .forEach(member -> check(member.id().name(), Check.GLANCE));
  }

  private void end(long asked, Probe probe) {
    probe.alarm.cancel();
    probe.again.ifPresent(Agenda.Entry::cancel);
    probe.repeats.forEach(repeats::remove);
    probes.remove(asked);
    underProbe.remove(probe.target.id().name());
    probe.streams.forEach(streams::close);
    while (!waiting.isEmpty() && probes.size() < CHECKS_MAX) {
      var next = waiting.pollFirstEntry();
      check(next.getKey(), next.getValue());
    }
  }

  private long scaled(Duration duration) {
    return duration.toNanos() * context.health.scale();
  }
}
