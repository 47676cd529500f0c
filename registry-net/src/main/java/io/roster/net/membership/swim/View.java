package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of news. Nothing older than what is held changes anything ({@link Precedence}).
 *
 * <p>A death that is told is not believed but checked: after a split each side calls the other
 * dead, and neither must lose its own members for it. It counts as an accusation of a member that
 * is suspected here as well. So nobody is dead anywhere without having had there the time to
 * object, but for a member whose port is closed.
 */
final class View {

  private final Context context;
  private final OwnWord ownWord;
  private final Map<NodeName, Suspicion> suspicions = new LinkedHashMap<>();

  /**
   * Of members that were accused at a version not heard from themselves: the version that what is
   * known of them, but for their state, is of. Of others that is the version they are held at.
   */
  private final Map<NodeName, Long> contentVersions = new HashMap<>();

  /** What follows from a change beyond the table; set once. */
  interface Consequences {

    /** Probe this member now. */
    void check(NodeName name, Prober.Check check);

    /** Whether this node's own sending and receiving has worked since; asks for it if not. */
    boolean hearsItself();

    /** Compare views with this member: it is new, or back. */
    void meet(Member member);

    /** A later start of this node's name, or a twin that goes before it, is in the cluster. */
    void superseded(Member by);
  }

  private final Consequences consequences;

  View(Context context, Consequences consequences) {
    this.context = context;
    this.ownWord = new OwnWord(context);
    this.consequences = consequences;
  }

  /**
   * Hears all about a member.
   *
   * @param downMillis for how long it has been dead or gone, zero if just now or not at all
   */
  void told(Member news, long downMillis) {
    if (news.id().name().equals(context.self.name())) {
      toldOfSelf(news);
      return;
    }
    var known = context.table.get(news.id().name());
    if (known.isEmpty()) {
      if (context.table.size() < context.options.reconnect().membersMax()) {
        adopt(news, downMillis);
      }
      return;
    }
    var held = known.get();
    if (news.id().incarnation() > held.id().incarnation()) {
      replace(held, news, downMillis);
    } else if (news.id().equals(held.id())) {
      toldOfSameStart(held, news);
    }
  }

  /**
   * Hears that a member contradicts.
   *
   * @return whether it cannot be followed for want of what the member said before
   */
  boolean refuted(Rumor.Refuted news) {
    var name = news.about().name();
    if (name.equals(context.self.name())) {
      refutedSelf(news);
      return false;
    }
    var known = context.table.get(name);
    if (known.isEmpty()) {
      return context.table.size() < context.options.reconnect().membersMax();
    }
    var held = known.get();
    if (!held.id().equals(news.about())) {
      return held.id().incarnation() < news.about().incarnation();
    }
    if (held.state() == MemberState.LEFT || held.version() >= news.version()) {
      return false;
    }
    if (contentVersion(held) < news.since()) {
      return true;
    }
    alive(held, with(held, MemberState.ALIVE, news.version()), news);
    return false;
  }

  /** Hears an accusation or a goodbye. */
  void accused(Rumor.Accused news) {
    if (news.about().name().equals(context.self.name())) {
      accusedSelf(news);
      return;
    }
    var known = context.table.get(news.about().name());
    if (known.isEmpty()
        || !known.get().id().equals(news.about())
        || known.get().state() == MemberState.LEFT) {
      return;
    }
    var held = known.get();
    switch (news.state()) {
      case ALIVE -> {
        // Not an accusation; the codec lets none through.
      }
      case SUSPECT -> {
        if (news.version() >= held.version()) {
          suspect(held, news.version(), news.accusers());
        }
      }
      case DEAD -> {
        if (news.version() >= held.version()) {
          heardDead(held, news, true);
        }
      }
      case LEFT -> leave(held, news.version());
    }
  }

  /**
   * This node itself found that {@code target} does not answer.
   *
   * @param charge what it was asked with, if anything: where that holds, its accusers count too.
   *     All others may have done with the matter, and nobody else would confirm it
   */
  void unanswered(Member target, List<Rumor> charge) {
    context
        .table
        .get(target.id().name())
        .filter(held -> held.id().equals(target.id()) && held.isUp())
        .ifPresent(held -> suspect(held, held.version(), accusers(held, charge)));
  }

  private List<NodeName> accusers(Member held, List<Rumor> charge) {
    var accusers = new ArrayList<NodeName>();
    accusers.add(context.self.name());
    for (Rumor rumor : charge) {
      if (rumor instanceof Rumor.Accused accused
          && accused.about().equals(held.id())
          && accused.version() >= held.version()) {
        accusers.addAll(accused.accusers());
      }
    }
    return accusers;
  }

  /** This node itself found that nobody listens at {@code target}'s address any more. */
  void refused(Member target) {
    context
        .table
        .get(target.id().name())
        .filter(held -> held.id().equals(target.id()) && held.isUp())
        .ifPresent(this::bury);
  }

  /** The time of a suspect may be up; but nobody is buried by who does not hear itself. */
  void suspicionOver(NodeName name) {
    var suspicion = suspicions.get(name);
    if (suspicion == null) {
      return;
    }
    if (deadline(suspicion) > context.nowNanos) {
      plan(name, suspicion);
    } else if (consequences.hearsItself()) {
      context.table.get(name).ifPresent(this::bury);
    } else {
      context.after(
          context.options.probes().timeout().dividedBy(4), new Agenda.Alarm.SuspicionOver(name));
    }
  }

  /** Time in which this node heard nothing, itself included, is given back to every suspect. */
  void giveBack(long nanos) {
    suspicions.forEach(
        (name, suspicion) -> {
          suspicion.prolong(nanos, context.nowNanos);
          plan(name, suspicion);
        });
  }

  /** What this node says against accusations. */
  Rumor ownWord() {
    return ownWord.now();
  }

  /** This node is there. */
  void began() {
    ownWord.published();
  }

  /** This node says something new of itself. */
  void publish(NodeMetadata metadata) {
    var own = context.own();
    if (!metadata.equals(own.metadata())) {
      var next =
          new Member(own.id(), own.gossipAddress(), own.state(), own.version() + 1, metadata);
      context.table.put(next, 0);
      ownWord.published();
      context.spread(new Rumor.Told(next));
      context.announce(new MemberEvent.Updated(next));
    }
  }

  /** This node says goodbye. */
  Rumor goodbye() {
    var own = context.own();
    var gone = with(own, MemberState.LEFT, own.version() + 1);
    context.table.put(gone, context.nowNanos);
    var rumor =
        new Rumor.Accused(
            gone.id(), gone.version(), MemberState.LEFT, List.of(context.self.name()));
    context.spread(rumor);
    return rumor;
  }

  /** Nothing is known of that name any more. */
  void forget(NodeName name) {
    contentVersions.remove(name);
  }

  /** Suspicions whose confirmations can now come from fewer or more members change their time. */
  void reconsider() {
    suspicions.forEach(this::plan);
  }

  /** The name that has been suspected for longest, if any is. */
  Optional<NodeName> oldestSuspect() {
    return suspicions.isEmpty()
        ? Optional.empty()
        : Optional.of(suspicions.keySet().iterator().next());
  }

  int suspicions() {
    return suspicions.size();
  }

  private void adopt(Member news, long downMillis) {
    context.table.put(news, context.nowNanos - downMillis * 1_000_000);
    if (news.state() == MemberState.ALIVE) {
      contentVersions.remove(news.id().name());
    } else {
      // Whoever told may have been told of the accusation alone.
      contentVersions.put(news.id().name(), 0L);
    }
    if (news.isUp()) {
      context.announce(new MemberEvent.Up(news));
      context.spread(new Rumor.Told(news));
      consequences.meet(news);
    }
    if (news.state() == MemberState.SUSPECT) {
      begin(news, List.of());
    }
  }

  private void replace(Member held, Member news, long downMillis) {
    suspicions.remove(held.id().name());
    if (held.isUp()) {
      var gone = with(held, MemberState.DEAD, held.version());
      // The table first: whoever hears of the end must not find the dead start still up.
      context.table.put(gone, context.nowNanos);
      context.announce(new MemberEvent.Down(gone));
    }
    context.rumors.drop(held.id().name());
    adopt(news, downMillis);
  }

  private void toldOfSameStart(Member held, Member news) {
    if (!news.gossipAddress().equals(held.gossipAddress())) {
      if (news.state() == MemberState.LEFT) {
        // The start is over for both.
        leave(held, news.version());
      } else if (goesBefore(news, held) && held.state() != MemberState.LEFT) {
        replace(held, news, 0);
      }
      return;
    }
    if (Precedence.compare(news, held) <= 0) {
      return;
    }
    switch (news.state()) {
      case ALIVE -> alive(held, news, new Rumor.Told(news));
      case SUSPECT -> {
        if (news.version() > held.version()) {
          long content = contentVersion(held);
          var alive = with(news, MemberState.ALIVE, news.version());
          alive(held, alive, new Rumor.Told(alive));
          contentVersions.put(news.id().name(), content);
        }
        context
            .table
            .get(news.id().name())
            .ifPresent(now -> suspect(now, news.version(), List.of()));
      }
      case DEAD ->
          heardDead(
              held,
              new Rumor.Accused(
                  news.id(), news.version(), MemberState.DEAD, List.of(context.self.name())),
              false);
      case LEFT -> leave(held, news.version());
    }
  }

  private void alive(Member held, Member news, Rumor rumor) {
    suspicions.remove(held.id().name());
    contentVersions.remove(held.id().name());
    context.table.put(news, 0);
    context.spread(rumor);
    switch (held.state()) {
      case DEAD, LEFT -> {
        context.announce(new MemberEvent.Up(news));
        consequences.meet(news);
      }
      case SUSPECT -> {
        context.announce(new MemberEvent.Refuted(news));
        updated(held, news);
      }
      case ALIVE -> updated(held, news);
    }
  }

  private void updated(Member held, Member news) {
    if (!held.metadata().equals(news.metadata())) {
      context.announce(new MemberEvent.Updated(news));
    }
  }

  private void suspect(Member held, long version, List<NodeName> accusers) {
    var name = held.id().name();
    noteContent(held, version);
    var others = accusers.stream().filter(accuser -> !accuser.equals(name)).toList();
    switch (held.state()) {
      case ALIVE -> {
        var suspect = with(held, MemberState.SUSPECT, version);
        context.table.put(suspect, 0);
        context.announce(new MemberEvent.Suspected(suspect));
        begin(suspect, others);
        if (!others.contains(context.self.name())) {
          maybeVerify(name);
        }
      }
      case SUSPECT -> {
        if (version > held.version()) {
          var suspect = with(held, MemberState.SUSPECT, version);
          context.table.put(suspect, 0);
          begin(suspect, others);
          return;
        }
        var suspicion = suspicions.get(name);
        if (suspicion != null && suspicion.confirm(others)) {
          pass(held, suspicion);
          plan(name, suspicion);
        }
      }
      case DEAD, LEFT -> {
        // Whoever is dead here comes back by its own word alone.
      }
    }
  }

  private void noteContent(Member held, long accusedVersion) {
    if (accusedVersion > held.version()) {
      contentVersions.putIfAbsent(held.id().name(), held.version());
    }
  }

  private long contentVersion(Member held) {
    return contentVersions.getOrDefault(held.id().name(), held.version());
  }

  private void begin(Member suspect, List<NodeName> accusers) {
    int accusersMax = 1 + context.options.suspicion().confirmations();
    var suspicion = new Suspicion(context.nowNanos, accusersMax, accusers);
    suspicions.put(suspect.id().name(), suspicion);
    pass(suspect, suspicion);
    plan(suspect.id().name(), suspicion);
  }

  private void pass(Member suspect, Suspicion suspicion) {
    context.spread(
        new Rumor.Accused(
            suspect.id(), suspect.version(), MemberState.SUSPECT, suspicion.accusers()));
  }

  /**
   * Some of those who first hear of a suspicion look for themselves, so that it is soon settled: on
   * one side of a split as many as there are in a whole cluster. Whoever accuses has looked
   * already.
   */
  private void maybeVerify(NodeName name) {
    int verifiers = context.options.refutation().verifiers();
    int trusted = context.table.trustedCount() + 1;
    if (verifiers > 0 && context.random.nextInt(trusted) < verifiers) {
      consequences.check(name, Prober.Check.GLANCE);
    }
  }

  /** What is said of it is put to the one who is said to be dead, with the question. */
  private void heardDead(Member held, Rumor.Accused news, boolean withStream) {
    long version = news.version();
    noteContent(held, version);
    if (held.isUp() && !context.options.refutation().deathsChecked()) {
      bury(with(held, held.state(), version));
      return;
    }
    switch (held.state()) {
      case ALIVE -> consequences.check(held.id().name(), Prober.Check.whether(news, withStream));
      case SUSPECT -> {
        // It keeps the time that it has here: everybody's clock began with the same suspicion.
        suspect(held, version, withStream ? news.accusers() : List.of());
        consequences.check(held.id().name(), Prober.Check.whether(news, withStream));
      }
      case DEAD -> {
        if (version > held.version()) {
          context.table.put(
              with(held, MemberState.DEAD, version),
              context.table.downSinceNanos().getOrDefault(held.id().name(), context.nowNanos));
        }
      }
      case LEFT -> {
        // A goodbye is final.
      }
    }
  }

  private void bury(Member held) {
    if (!held.isUp()) {
      return;
    }
    var suspicion = suspicions.remove(held.id().name());
    var accusers =
        suspicion == null || suspicion.accusers().isEmpty()
            ? List.of(context.self.name())
            : suspicion.accusers();
    var dead = with(held, MemberState.DEAD, held.version());
    context.table.put(dead, context.nowNanos);
    context.spread(new Rumor.Accused(dead.id(), dead.version(), MemberState.DEAD, accusers));
    context.announce(new MemberEvent.Down(dead));
  }

  private void leave(Member held, long version) {
    if (held.state() == MemberState.LEFT) {
      return;
    }
    suspicions.remove(held.id().name());
    var left = with(held, MemberState.LEFT, Math.max(version, held.version()));
    context.table.put(left, context.nowNanos);
    context.spread(
        new Rumor.Accused(left.id(), left.version(), MemberState.LEFT, List.of(left.id().name())));
    if (held.isUp()) {
      context.announce(new MemberEvent.Down(left));
    }
  }

  private void toldOfSelf(Member news) {
    if (news.id().incarnation() > context.self.incarnation()) {
      consequences.superseded(news);
      return;
    }
    if (!news.id().equals(context.self)) {
      return;
    }
    if (news.state() == MemberState.LEFT) {
      twinLeft(news);
      return;
    }
    var own = context.own();
    if (!news.gossipAddress().equals(own.gossipAddress())) {
      if (goesBefore(news, own)) {
        consequences.superseded(news);
      } else {
        refute(Math.max(own.version(), news.version()));
      }
    } else if (news.state() == MemberState.SUSPECT || news.state() == MemberState.DEAD) {
      answer(news.version());
    } else if (news.version() > own.version()) {
      // A version that only this node could have given out, and did not: go above it.
      refute(news.version());
    }
  }

  private void accusedSelf(Rumor.Accused news) {
    if (news.about().incarnation() > context.self.incarnation()) {
      supersededBy(news.about(), news.version(), news.state());
    } else if (news.about().equals(context.self) && news.state() == MemberState.LEFT) {
      twinLeft(with(context.own(), MemberState.LEFT, news.version()));
    } else if (news.about().equals(context.self)) {
      answer(news.version());
    }
  }

  /**
   * A goodbye is final for a start. Another process with this one's name and incarnation has said
   * it, so nobody will ever take this one for up: its owner has to start it anew.
   */
  private void twinLeft(Member gone) {
    if (!context.leaving) {
      consequences.superseded(gone);
    }
  }

  private void refutedSelf(Rumor.Refuted news) {
    if (news.about().equals(context.self)) {
      if (news.version() > context.own().version()) {
        // A version that only this node could have given out, and did not: go above it.
        refute(news.version());
      }
    } else if (news.about().incarnation() > context.self.incarnation()) {
      supersededBy(news.about(), news.version(), MemberState.ALIVE);
    }
  }

  private void answer(long accusedVersion) {
    if (context.leaving) {
      return;
    }
    var own = context.own();
    if (accusedVersion >= own.version()) {
      context.health.worse(1);
      refute(accusedVersion);
    } else {
      // The accuser missed the refutation.
      context.spread(ownWord());
    }
  }

  private void supersededBy(NodeId start, long version, MemberState state) {
    var own = context.own();
    consequences.superseded(new Member(start, own.gossipAddress(), state, version, own.metadata()));
  }

  private void refute(long above) {
    if (context.leaving) {
      return;
    }
    var own = with(context.own(), MemberState.ALIVE, above + 1);
    context.table.put(own, 0);
    context.spread(ownWord());
  }

  private void plan(NodeName name, Suspicion suspicion) {
    context.agenda.at(deadline(suspicion), new Agenda.Alarm.SuspicionOver(name));
  }

  /** Confirmations are asked only of as many members as can still give one. */
  private long deadline(Suspicion suspicion) {
    var options = context.options;
    // Whoever is trusted and this node itself could accuse; one of them has.
    int expected = Math.min(options.suspicion().confirmations(), context.table.trustedCount());
    long min =
        options.suspicion().least(context.table.upCount(), options.probes().interval()).toNanos();
    return suspicion.deadlineNanos(expected, min, options.suspicion().maxMultiplier() * min);
  }

  /** Two processes with one name and one incarnation: the greater address goes before. */
  static boolean goesBefore(Member left, Member right) {
    return left.gossipAddress().toString().compareTo(right.gossipAddress().toString()) > 0;
  }

  private static Member with(Member member, MemberState state, long version) {
    return new Member(member.id(), member.gossipAddress(), state, version, member.metadata());
  }
}
