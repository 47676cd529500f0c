package io.roster.node.names.hazelcast;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keeps Hazelcast's view of the members in line with gossip's: whom to tell it that they are gone,
 * and when only a fresh member of this node helps. Pure and immutable: views and clock in, an
 * action out.
 *
 * @param bound for how long the views may differ before a member is started again
 * @param differing the present difference, if there is one
 */
record ViewRepair(Duration bound, Optional<Difference> differing) {

  /**
   * A time without agreement.
   *
   * @param sinceNanos when it began
   * @param patienceNanos from when on the bound counts: the beginning, or the last repair
   */
  record Difference(long sinceNanos, long patienceNanos) {}

  /** What is to be done now. */
  sealed interface Action {}

  /** Hazelcast follows, or has time left to. */
  record Leave() implements Action {}

  /** Hazelcast is told, once more, that these nodes are gone. */
  record Suspect(NavigableSet<String> nodes) implements Action {}

  /** This node's Hazelcast member, and nothing else, is started again. */
  record Rebuild() implements Action {}

  /** The next state and what to do. */
  record Step(ViewRepair next, Action action) {}

  /** As things are before the views were first compared. */
  static ViewRepair within(Duration bound) {
    return new ViewRepair(bound, Optional.empty());
  }

  /** Looks at both views. */
  Step compare(Views views, long nowNanos) {
    if (views.agree()) {
      return new Step(within(bound), new Leave());
    }
    var present = differing.orElse(new Difference(nowNanos, nowNanos));
    long patient = nowNanos - present.patienceNanos();
    if (isDue(views.turn(), patient)) {
      return new Step(differing(present.sinceNanos(), nowNanos), new Rebuild());
    }
    var suspects = new TreeSet<>(views.gone());
    // Somebody may have joined Hazelcast before gossip brought the news.
    if (patient >= bound.toNanos() / 2) {
      suspects.addAll(views.strangers());
    }
    return new Step(
        differing(present.sinceNanos(), present.patienceNanos()),
        suspects.isEmpty() ? new Leave() : new Suspect(suspects));
  }

  /** The member ended by itself, or was ended: Hazelcast sees nobody until the next one joins. */
  ViewRepair ended(long nowNanos) {
    return differing(differing.map(Difference::sinceNanos).orElse(nowNanos), nowNanos);
  }

  /** For how long the views have differed without a break; zero if they agree. */
  Duration lasting(long nowNanos) {
    return differing
        .map(present -> Duration.ofNanos(nowNanos - present.sinceNanos()))
        .orElse(Duration.ZERO);
  }

  private boolean isDue(Views.Turn turn, long patientNanos) {
    return switch (turn) {
      case NEVER -> false;
      case FIRST -> patientNanos >= bound.toNanos();
      case SECOND -> patientNanos >= 2 * bound.toNanos();
    };
  }

  private ViewRepair differing(long sinceNanos, long patienceNanos) {
    return new ViewRepair(bound, Optional.of(new Difference(sinceNanos, patienceNanos)));
  }
}
