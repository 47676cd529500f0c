package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Rumor;
import io.roster.net.membership.swim.StreamMessage;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * I2: each step leaves the join of what a node held and what it heard: no row goes back, nothing
 * that was heard is above its row, and no row is above both. So views that heard the same are the
 * same, in whatever order and however often they heard it.
 *
 * <p>A death is no part of the join until the node has made sure of it, and accusations are not
 * believed of whom the node takes for dead. Only rows that a step can have changed are looked at;
 * that others stay is seen by the digest.
 */
final class JoinCheck {

  private final SimNode node;
  private final int membersMax;

  /** What the node held after its last step; what it began with is not here. */
  private final Map<NodeName, Member> rows = new HashMap<>();

  /** Whether it began alone, so that all its rows were seen to come. */
  private final boolean complete;

  private StreamMessage.Digest digest;

  JoinCheck(SimNode node, int membersMax) {
    this.node = node;
    this.membersMax = membersMax;
    this.digest = node.swim().digest();
    this.complete = digest.members() == 1;
    rows.put(node.name(), node.swim().self());
  }

  /** The row before the step that is looked at, if it was ever seen. */
  Optional<Member> held(NodeName name) {
    return Optional.ofNullable(rows.get(name));
  }

  void stepped(List<Rumor> heard, List<Effect> effects) {
    var next = node.swim().digest();
    boolean changed = !next.equals(digest);
    if (node.swim().isSilent() || (!changed && heard.isEmpty())) {
      return;
    }
    for (Rumor rumor : heard) {
      if (!rumor.about().name().equals(node.name())) {
        taken(rumor, heard);
      }
    }
    boolean explained = next.members() < digest.members();
    if (explained) {
      rows.keySet().removeIf(name -> node.swim().member(name).isEmpty());
    }
    for (NodeName name : touched(heard, effects)) {
      explained |= explains(name, heard);
    }
    Law.I2.require(
        !changed || explained,
        () -> "%s changes a row that nothing was said of".formatted(node.id()));
    digest = next;
  }

  private Set<NodeName> touched(List<Rumor> heard, List<Effect> effects) {
    var touched = new LinkedHashSet<NodeName>();
    touched.add(node.name());
    for (Rumor rumor : heard) {
      touched.add(rumor.about().name());
    }
    for (Effect effect : effects) {
      if (effect instanceof Effect.Announce(MemberEvent event)) {
        touched.add(event.member().id().name());
      }
    }
    return touched;
  }

  /** The row is at least what was heard, where that is to be believed. */
  private void taken(Rumor rumor, List<Rumor> heard) {
    var name = rumor.about().name();
    var before = Optional.ofNullable(rows.get(name));
    var now = node.swim().member(name);
    boolean holds =
        switch (rumor) {
          case Rumor.Told(Member told) ->
              now.map(
                      row ->
                          told.state() == MemberState.DEAD
                              || isTwin(told, row)
                              || !isBefore(row, told.id(), told.version(), told.state()))
                  .orElse(!told.isUp() || node.swim().digest().members() >= membersMax);
          case Rumor.Refuted(NodeId about, long version, long since) ->
              before.filter(row -> row.id().equals(about) && follows(row, since)).isEmpty()
                  || now.filter(row -> !isBefore(row, about, version, MemberState.ALIVE))
                      .isPresent();
          case Rumor.Accused(NodeId about, long version, MemberState state, _) ->
              before.filter(row -> row.id().equals(about) && credits(row, state, heard)).isEmpty()
                  || now.filter(row -> !isBefore(row, about, version, state)).isPresent();
        };
    Law.I2.require(
        holds, () -> "%s heard %s, but holds %s".formatted(node.id(), rumor, now.orElse(null)));
  }

  /** Whether what the member said last is known for certain; accusations come without it. */
  private static boolean follows(Member row, long since) {
    return since == 0 || (row.state() == MemberState.ALIVE && row.version() >= since);
  }

  private static boolean credits(Member row, MemberState state, List<Rumor> heard) {
    return state == MemberState.LEFT
        || (state == MemberState.SUSPECT
            && row.isUp()
            && heard.stream().noneMatch(news -> says(news, MemberState.DEAD)));
  }

  private static boolean says(Rumor rumor, MemberState state) {
    return switch (rumor) {
      case Rumor.Told(Member member) -> member.state() == state;
      case Rumor.Accused(_, _, MemberState accused, _) -> accused == state;
      case Rumor.Refuted _ -> false;
    };
  }

  /** The row did not go back and is nobody's invention; whether it is another one than before. */
  private boolean explains(NodeName name, List<Rumor> heard) {
    var before = Optional.ofNullable(rows.get(name));
    var now = node.swim().member(name);
    if (now.isEmpty()) {
      Law.I2.require(
          before.filter(Member::isUp).isEmpty(),
          () -> "%s forgets %s, which is up".formatted(node.id(), name));
      return rows.remove(name) != null;
    }
    var row = now.get();
    if (before.isPresent() && before.get().equals(row)) {
      return false;
    }
    Law.I2.require(
        before
            .filter(old -> !isTwin(old, row) && isBefore(row, old.id(), old.version(), old.state()))
            .isEmpty(),
        () -> "%s held %s, but holds %s".formatted(node.id(), before.orElse(null), row));
    boolean own = name.equals(node.name());
    boolean unseen = before.isEmpty() && !complete;
    Law.I2.require(
        own || unseen || before.filter(old -> stays(old, row)).isPresent() || isFrom(heard, row),
        () -> "%s holds %s, which nobody said".formatted(node.id(), row));
    rows.put(name, row);
    return true;
  }

  private static boolean stays(Member old, Member row) {
    return old.id().equals(row.id())
        && old.version() == row.version()
        && (old.state() == MemberState.LEFT) == (row.state() == MemberState.LEFT);
  }

  private static boolean isFrom(List<Rumor> heard, Member row) {
    for (Rumor rumor : heard) {
      if (isFrom(rumor, row)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFrom(Rumor rumor, Member row) {
    return rumor.about().equals(row.id())
        && (row.state() == MemberState.LEFT
            ? says(rumor, MemberState.LEFT)
            : rumor.version() == row.version());
  }

  /** Two processes with one name and one incarnation; which of them stays is another question. */
  private static boolean isTwin(Member left, Member right) {
    return left.id().equals(right.id()) && !left.gossipAddress().equals(right.gossipAddress());
  }

  /*
   * The order of statements, written a second time on purpose: a check that borrowed it from the
   * machine would share its mistakes.
   */
  private static boolean isBefore(Member row, NodeId id, long version, MemberState state) {
    if (row.id().incarnation() != id.incarnation()) {
      return row.id().incarnation() < id.incarnation();
    }
    boolean left = row.state() == MemberState.LEFT;
    if (left || state == MemberState.LEFT) {
      return !left;
    }
    return row.version() != version ? row.version() < version : row.state().compareTo(state) < 0;
  }
}
