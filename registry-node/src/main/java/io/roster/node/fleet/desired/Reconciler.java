package io.roster.node.fleet.desired;

import io.roster.core.identity.NodeName;
import io.roster.node.fleet.desired.Situation.Local;
import java.util.Optional;

/**
 * What one node does about one worker. Every node asks this of every wish, at intervals and
 * whenever something changed; no single event matters, since the next comparison finds what it
 * would have told.
 */
public final class Reconciler {

  private Reconciler() {}

  /** What to do. Immutable. */
  public sealed interface Action {

    /** All is well, or somebody else's business, or not to be decided now. */
    record Nothing() implements Action {}

    /** Start it here. */
    record Start() implements Action {}

    /** End it here: it is no longer wanted. */
    record Stop() implements Action {}

    /**
     * Hand it over.
     *
     * @param to the node that it belongs on
     */
    record Move(NodeName to) implements Action {}

    /** It runs here and its name was lost: claim that again. */
    record Claim() implements Action {}

    /** Wish for it no longer: it ran once and was to run only once. */
    record Forget() implements Action {}
  }

  private static final Action NOTHING = new Action.Nothing();

  /** What {@code situation.self()} does about {@code wish}. */
  public static Action decide(DesiredWorker wish, Situation situation) {
    if (situation.local() == Local.BUSY) {
      return NOTHING;
    }
    if (!wish.isWanted()) {
      return situation.local() == Local.RUNNING ? new Action.Stop() : NOTHING;
    }
    return situation.local() == Local.RUNNING ? running(situation) : missing(wish, situation);
  }

  private static Action running(Situation situation) {
    if (situation.runsOn().isEmpty()) {
      return situation.maySettle() && situation.isDue() ? new Action.Claim() : NOTHING;
    }
    boolean isOurs = situation.runsOn().equals(Optional.of(situation.self()));
    if (!isOurs) {
      // It lost a conflict, and is told so by the names themselves.
      return NOTHING;
    }
    boolean mayMove = situation.isDue() && (situation.mayMove() || situation.isLeaving());
    return situation
        .belongsOn()
        .filter(to -> mayMove && !to.equals(situation.self()))
        .<Action>map(Action.Move::new)
        .orElse(NOTHING);
  }

  private static Action missing(DesiredWorker wish, Situation situation) {
    boolean isOurs =
        situation.belongsOn().equals(Optional.of(situation.self())) && !situation.isLeaving();
    if (!isOurs || situation.runsOn().isPresent() || !situation.maySettle()) {
      return NOTHING;
    }
    boolean ranOnce = situation.isTemporary() && wish.status() == DesiredWorker.Status.STARTED;
    if (ranOnce) {
      return new Action.Forget();
    }
    return situation.isDue() ? new Action.Start() : NOTHING;
  }
}
