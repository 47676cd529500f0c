package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What the sender of a datagram gets back: the answer to its question, what it should know of
 * itself, and whole views if it is new here, or back, or may be a twin.
 */
final class Replies {

  private static final int BRIDGES = 8;
  private static final int ELSEWHERE = 16;

  private final Context context;
  private final LocalMember local;
  private final Sync sync;

  Replies(Context context, LocalMember local, Sync sync) {
    this.context = context;
    this.local = local;
    this.sync = sync;
  }

  /** Answers a question for this node, with what the asker should know of itself. */
  void ack(InetSocketAddress source, NodeId asker, long sequence, boolean accusing) {
    var ack = new Packet.Ack(sequence, context.self);
    if (context.isAt(asker.name(), source)) {
      var first = new ArrayList<Rumor>(owed(asker));
      if (accusing && !context.leaving) {
        first.add(local.word());
      }
      context.send(source, ack, first);
    } else {
      // An address that nobody vouched for gets no more than it sent.
      context.sendBare(source, ack, List.of());
    }
  }

  /** Tells a sender what is held against it, and meets it if it is new here. */
  void settle(InetSocketAddress source, NodeId from, boolean answered, boolean accusing) {
    var known = context.table.get(from.name());
    if (from.name().equals(context.self.name())) {
      local.heard(from, source);
    } else if (known.isEmpty() || known.get().id().incarnation() < from.incarnation()) {
      sync.with(source);
    } else {
      meetTwin(known.get(), from, source);
      if (!answered) {
        remind(source, from, known.get(), accusing);
      }
    }
  }

  /** Whether that start is held to be dead or gone. */
  boolean isDown(NodeId id) {
    return context
        .table
        .get(id.name())
        .filter(held -> held.id().equals(id) && !held.isUp())
        .isPresent();
  }

  /**
   * Whether views are to be compared with one that was down and has sent something. Contact across
   * what was a split: each side has much to tell, and a few are enough to tell it.
   */
  boolean bridges(NodeId from) {
    return !isDown(from) && context.random.nextInt(context.table.upCount()) < BRIDGES;
  }

  /**
   * A start that is heard from elsewhere than it is known to be, and does not answer there, has a
   * twin, or is the twin. While it counts as up it is asked now and then who it is: its host may
   * have two addresses.
   */
  private void meetTwin(Member held, NodeId from, InetSocketAddress source) {
    if (!held.id().equals(from) || held.gossipAddress().equals(source)) {
      return;
    }
    switch (held.state()) {
      case ALIVE -> {
        if (context.random.nextInt(ELSEWHERE) == 0) {
          sync.about(from.name(), source);
        }
      }
      case SUSPECT, DEAD -> sync.with(source);
      case LEFT -> {
        // It is over for both.
      }
    }
  }

  /**
   * Says what is owed to where it is known to be; what has to go elsewhere is short. An accusation
   * by one that is accused here is contradicted, and returned half of the time: two that cannot
   * agree would have no end of it otherwise.
   */
  private void remind(InetSocketAddress source, NodeId from, Member held, boolean accusing) {
    var owed = owed(from);
    if (held.id().equals(from)) {
      if (owed.isEmpty()) {
        return;
      }
      if (!accusing) {
        context.sendBare(held.gossipAddress(), new Packet.News(), owed);
      } else if (!context.leaving) {
        var said = new ArrayList<Rumor>(List.of(new Rumor.Told(context.own())));
        if (context.random.nextBoolean()) {
          said.addAll(owed);
        }
        context.sendBare(held.gossipAddress(), new Packet.News(), said);
      }
    } else if (context.isAt(from.name(), source)) {
      context.sendBare(source, new Packet.News(), owed);
    } else {
      var replaced = new Rumor.Refuted(held.id(), held.version(), held.version());
      context.sendBare(source, new Packet.News(), List.of(replaced));
    }
  }

  /** What a sender should know: that it is accused, or that a later start has its name. */
  private List<Rumor> owed(NodeId from) {
    var known = context.table.get(from.name());
    if (known.isPresent() && known.get().id().incarnation() > from.incarnation()) {
      return List.of(new Rumor.Told(known.get()));
    }
    boolean merelySuspect = known.isPresent() && known.get().isUp();
    return merelySuspect ? context.about(from.name()) : context.charge(from.name());
  }
}
