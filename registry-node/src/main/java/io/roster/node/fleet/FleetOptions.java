package io.roster.node.fleet;

import io.roster.node.fleet.handoff.HandOffLimits;
import java.time.Duration;

/**
 * How a node's part of the fleet behaves. Immutable.
 *
 * @param settling how long it waits before it acts on a change of the view
 * @param pace how often it acts, and how long it waits for what it began
 * @param bounds how much at a time
 * @param handOff deadlines and sizes of one move
 */
public record FleetOptions(Settling settling, Pace pace, Bounds bounds, HandOffLimits handOff) {

  /**
   * How long the view must have been the same. Immutable.
   *
   * @param start before missing workers are started, 300 ms. Lower restarts sooner after a node
   *     died, higher starts fewer in vain while nodes come and go
   * @param move before workers are moved, two seconds. Several nodes that join within it cause one
   *     round of moves
   */
  public record Settling(Duration start, Duration move) {}

  /**
   * How often, and how long at most. Immutable.
   *
   * @param reconcileEvery how often wishes and facts are compared if nothing wakes the comparison
   *     earlier, one second
   * @param startTimeout how long {@link Fleet#start} waits, ten seconds
   * @param drainTimeout how long {@link Fleet#drain} goes on moving workers before it stops the
   *     rest, 30 seconds
   * @param backOffMax longest pause between attempts to start or move a worker that fails, 30
   *     seconds
   */
  public record Pace(
      Duration reconcileEvery, Duration startTimeout, Duration drainTimeout, Duration backOffMax) {}

  /**
   * How much at a time. Immutable.
   *
   * @param movesMax workers that this node hands over at once, 8. Higher rebalances faster and
   *     delays the callers of more workers at the same time
   * @param drainMovesMax the same while it leaves, 32
   * @param heldMax messages that a worker holds back while it moves, 100,000. At the source more
   *     call the move off; at the target more are refused and counted
   */
  public record Bounds(int movesMax, int drainMovesMax, int heldMax) {

    /** Checks the values. */
    public Bounds {
      if (movesMax < 1 || drainMovesMax < 1 || heldMax < 1) {
        throw new IllegalArgumentException(
            "expected bounds above zero, got: %d, %d, %d"
                .formatted(movesMax, drainMovesMax, heldMax));
      }
    }
  }

  /** For a cluster in one data centre. */
  public static final FleetOptions DEFAULT =
      new FleetOptions(
          new Settling(Duration.ofMillis(300), Duration.ofSeconds(2)),
          new Pace(
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              Duration.ofSeconds(30),
              Duration.ofSeconds(30)),
          new Bounds(8, 32, 100_000),
          HandOffLimits.DEFAULT);

  /** The same with other times to settle. */
  public FleetOptions withSettling(Duration start, Duration move) {
    return new FleetOptions(new Settling(start, move), pace, bounds, handOff);
  }
}
