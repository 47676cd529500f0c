package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What this node says of itself, and what it does about what others say of it: it alone raises its
 * version, above whatever accuses it, and gives way to a start that goes before it.
 */
final class LocalMember {

  private static final long NEW_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int FAREWELLS_MAX = 32;

  private final Context context;
  private final Consumer<NodeId> superseded;
  private long saidVersion;
  private long saidAtNanos;

  /**
   * This node as a member.
   *
   * @param superseded takes a later start of this node's name, or of the same start a twin that
   *     goes before it, once one is known to be in the cluster
   */
  LocalMember(Context context, Consumer<NodeId> superseded) {
    this.context = context;
    this.superseded = superseded;
  }

  /** This node is there. */
  void began() {
    said();
  }

  /** This node says something new of itself. */
  void publish(NodeMetadata metadata) {
    var own = context.own();
    if (!metadata.equals(own.metadata())) {
      var next =
          new Member(own.id(), own.gossipAddress(), own.state(), own.version() + 1, metadata);
      context.table.put(next, 0);
      said();
      context.spread(new Rumor.Told(next));
      context.announce(new MemberEvent.Updated(next));
    }
  }

  /** This node says goodbye, and to some directly: it does not stay for long. */
  void leave() {
    if (context.leaving) {
      return;
    }
    context.leaving = true;
    var goodbye = goodbye();
    for (Member peer : context.table.pick(FAREWELLS_MAX, _ -> true)) {
      context.sendBare(peer.gossipAddress(), new Packet.News(), List.of(goodbye));
    }
    boolean alone = context.table.upCount() == 1;
    context.after(
        alone ? Duration.ZERO : context.options.dissemination().interval().multipliedBy(3),
        new Agenda.Alarm.LeaveOver());
  }

  /**
   * What this node says against accusations: all of it while that is new, and only that it is there
   * once everybody has heard the rest, which is a quarter as long.
   */
  Rumor word() {
    var own = context.own();
    return context.nowNanos - saidAtNanos < NEW_NANOS
        ? new Rumor.Told(own)
        : new Rumor.Refuted(own.id(), own.version(), saidVersion);
  }

  /** Hears all that somebody holds about it. */
  void told(Member news) {
    if (news.id().incarnation() > context.self.incarnation()) {
      superseded.accept(news.id());
      return;
    }
    if (!news.id().equals(context.self)) {
      return;
    }
    if (news.state() == MemberState.LEFT) {
      twinLeft();
      return;
    }
    var own = context.own();
    if (!news.gossipAddress().equals(own.gossipAddress())) {
      if (Precedence.goesBefore(news, own)) {
        superseded.accept(news.id());
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

  /** Hears an accusation or a goodbye of its name. */
  void accused(Rumor.Accused news) {
    if (news.about().incarnation() > context.self.incarnation()) {
      superseded.accept(news.about());
    } else if (news.about().equals(context.self) && news.state() == MemberState.LEFT) {
      twinLeft();
    } else if (news.about().equals(context.self)) {
      answer(news.version());
    }
  }

  /** Hears that its name contradicts: a start of it, if not this one. */
  void refuted(Rumor.Refuted news) {
    if (news.about().equals(context.self)) {
      if (news.version() > context.own().version()) {
        // A version that only this node could have given out, and did not: go above it.
        refute(news.version());
      }
    } else if (news.about().incarnation() > context.self.incarnation()) {
      superseded.accept(news.about());
    }
  }

  /** Another start of its name has sent something. */
  void heard(NodeId start, InetSocketAddress source) {
    if (start.incarnation() > context.self.incarnation()) {
      superseded.accept(start);
    } else {
      // The sender's name alone tells an earlier start that it has been replaced.
      context.sendBare(source, new Packet.News(), List.of());
    }
  }

  private void said() {
    saidVersion = context.own().version();
    saidAtNanos = context.nowNanos;
  }

  private Rumor goodbye() {
    var own = context.own();
    var gone = own.with(MemberState.LEFT, own.version() + 1);
    context.table.put(gone, context.nowNanos);
    var rumor =
        new Rumor.Accused(
            gone.id(), gone.version(), MemberState.LEFT, List.of(context.self.name()));
    context.spread(rumor);
    return rumor;
  }

  /**
   * A goodbye is final for a start. Another process with this one's name and incarnation has said
   * it, so nobody will ever take this one for up: its owner has to start it anew.
   */
  private void twinLeft() {
    if (!context.leaving) {
      superseded.accept(context.self);
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
      context.spread(word());
    }
  }

  private void refute(long above) {
    if (context.leaving) {
      return;
    }
    var own = context.own().with(MemberState.ALIVE, above + 1);
    context.table.put(own, 0);
    context.spread(word());
  }
}
