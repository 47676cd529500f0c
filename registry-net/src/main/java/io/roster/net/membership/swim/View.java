package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of news about others. Nothing older than what is held changes anything ({@link
 * Precedence}).
 *
 * <p>A death that is told is not believed but checked: after a split each side calls the other
 * dead, and neither must lose its own members for it. It counts as an accusation of a member that
 * is suspected here as well. So nobody is dead anywhere without having had there the time to
 * object, but for a member whose port is closed.
 */
final class View {

  private final Context context;
  private final LocalMember local;
  private final Suspicions suspicions;

  /**
   * Of members that were accused at a version not heard from themselves: the version that what is
   * known of them, but for their state, is of. Of others that is the version they are held at.
   */
  private final Map<NodeName, Long> contentVersions = new HashMap<>();

  /** What follows from a change beyond the table; set once. */
  interface Consequences {

    /** Probe this member now. */
    void check(NodeName name, Prober.Check check);

    /** Compare views with this member: it is new, or back. */
    void meet(Member member);
  }

  private final Consequences consequences;

  View(Context context, LocalMember local, Suspicions suspicions, Consequences consequences) {
    this.context = context;
    this.local = local;
    this.suspicions = suspicions;
    this.consequences = consequences;
  }

  /**
   * Hears all about a member.
   *
   * @param downMillis for how long it has been dead or gone, zero if just now or not at all
   */
  void told(Member news, long downMillis) {
    if (news.id().name().equals(context.self.name())) {
      local.told(news);
      return;
    }
    var known = context.table.get(news.id().name());
    if (known.isEmpty()) {
      if (context.table.size() < context.options.reconnect().membersMax()
          && (news.isUp() || !isOver(downMillis))) {
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
   * Whether it is time to forget what has been down for so long. Members look at different moments
   * whom to forget: who has done so must not hear of it again from those who have not.
   */
  private boolean isOver(long downMillis) {
    return downMillis >= context.options.reconnect().forgetAfter().toMillis();
  }

  /**
   * Hears that a member contradicts.
   *
   * @return whether it cannot be followed for want of what the member said before
   */
  boolean refuted(Rumor.Refuted news) {
    var name = news.about().name();
    if (name.equals(context.self.name())) {
      local.refuted(news);
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
    alive(held, held.with(MemberState.ALIVE, news.version()), news);
    return false;
  }

  /** Hears an accusation or a goodbye. */
  void accused(Rumor.Accused news) {
    if (news.about().name().equals(context.self.name())) {
      local.accused(news);
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

  /** The time of a suspect may be up. */
  void suspicionOver(NodeName name) {
    if (suspicions.expired(name)) {
      context.table.get(name).ifPresent(this::bury);
    }
  }

  /** Nothing is known of that name any more. */
  void forget(NodeName name) {
    contentVersions.remove(name);
  }

  /** The name that has been suspected for longest, if any is. */
  Optional<NodeName> oldestSuspect() {
    return suspicions.oldest();
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
      suspicions.begin(news, List.of());
    }
  }

  private void replace(Member held, Member news, long downMillis) {
    suspicions.end(held.id().name());
    if (held.isUp()) {
      var gone = held.with(MemberState.DEAD, held.version());
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
      } else if (Precedence.goesBefore(news, held) && held.state() != MemberState.LEFT) {
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
          var alive = news.with(MemberState.ALIVE, news.version());
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
    suspicions.end(held.id().name());
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
        var suspect = held.with(MemberState.SUSPECT, version);
        context.table.put(suspect, 0);
        context.announce(new MemberEvent.Suspected(suspect));
        suspicions.begin(suspect, others);
        if (!others.contains(context.self.name())) {
          maybeVerify(name);
        }
      }
      case SUSPECT -> {
        if (version > held.version()) {
          var suspect = held.with(MemberState.SUSPECT, version);
          context.table.put(suspect, 0);
          suspicions.begin(suspect, others);
          return;
        }
        suspicions.confirm(held, others);
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
      bury(held.with(held.state(), version));
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
              held.with(MemberState.DEAD, version),
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
    var accusers = suspicions.end(held.id().name());
    var dead = held.with(MemberState.DEAD, held.version());
    context.table.put(dead, context.nowNanos);
    context.spread(
        new Rumor.Accused(
            dead.id(),
            dead.version(),
            MemberState.DEAD,
            accusers.isEmpty() ? List.of(context.self.name()) : accusers));
    context.announce(new MemberEvent.Down(dead));
  }

  private void leave(Member held, long version) {
    if (held.state() == MemberState.LEFT) {
      return;
    }
    suspicions.end(held.id().name());
    var left = held.with(MemberState.LEFT, Math.max(version, held.version()));
    context.table.put(left, context.nowNanos);
    context.spread(
        new Rumor.Accused(left.id(), left.version(), MemberState.LEFT, List.of(left.id().name())));
    if (held.isUp()) {
      context.announce(new MemberEvent.Down(left));
    }
  }
}
