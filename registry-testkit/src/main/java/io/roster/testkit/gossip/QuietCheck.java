package io.roster.testkit.gossip;

import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What holds once all is quiet. I3: those that run are up everywhere, those that are gone nowhere.
 * I6: all views are equal, row by row and not by their digests alone; of those that are gone, what
 * they said of themselves does not matter.
 */
final class QuietCheck {

  private QuietCheck() {}

  static void check(GossipSim cluster) {
    var running = cluster.running();
    for (SimNode observer : running) {
      for (SimNode subject : cluster.nodes()) {
        isRight(observer, subject);
      }
    }
    for (SimNode observer : running) {
      areEqual(running.getFirst(), observer);
    }
    for (SimNode observer : running) {
      for (SimNode subject : running) {
        var held = observer.swim().member(subject.name());
        Law.I6.require(
            held.filter(row -> row.id().equals(subject.id()) && row.state() == MemberState.ALIVE)
                .isPresent(),
            () -> "%s holds %s, but %s runs".formatted(observer.id(), show(held), subject.id()));
      }
    }
  }

  private static void isRight(SimNode observer, SimNode subject) {
    var held = observer.swim().member(subject.name());
    switch (subject.state()) {
      case RUNNING ->
          Law.I3.require(
              held.filter(row -> row.id().equals(subject.id()) && !row.isUp()).isEmpty(),
              () -> "%s holds %s, which runs".formatted(observer.id(), show(held)));
      case KILLED, CRASHED, LEFT ->
          Law.I3.require(
              held.filter(Member::isUp).isEmpty(),
              () -> "%s holds %s, which is gone".formatted(observer.id(), show(held)));
      case PAUSED, BLOCKED, DEAF, MUTE -> {
        // Either is right.
      }
    }
  }

  private static void areEqual(SimNode left, SimNode right) {
    var mine = rows(left);
    var theirs = rows(right);
    Law.I6.require(
        mine.equals(theirs),
        () ->
            "%s holds %s, and %s %s"
                .formatted(left.id(), beside(mine, theirs), right.id(), beside(theirs, mine)));
  }

  private static List<String> rows(SimNode node) {
    return node.swim().members().stream()
        .map(row -> row.isUp() ? show(Optional.of(row)) + row.metadata() : show(Optional.of(row)))
        .toList();
  }

  private static List<String> beside(List<String> these, List<String> those) {
    var others = new ArrayList<>(these);
    others.removeAll(those);
    return others;
  }

  private static String show(Optional<Member> held) {
    return held.map(row -> "%s v%d %s".formatted(row.id(), row.version(), row.state()))
        .orElse("nothing");
  }
}
