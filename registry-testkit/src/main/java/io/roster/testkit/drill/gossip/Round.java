package io.roster.testkit.drill.gossip;

import java.util.List;

/**
 * One fault, and all that the nodes saw of each other from its beginning to after its end.
 * Immutable.
 *
 * @param number counts from zero
 * @param beginNanos when the fault began
 * @param endNanos when it was over: the process went on or was there again, the network was whole
 * @param sightings in the order of their moments, those before the fault left out
 * @param whole whether at the end every node saw all others alive
 */
public record Round(
    int number, long beginNanos, long endNanos, List<Sighting> sightings, boolean whole) {

  /** Copies. */
  public Round {
    sightings = List.copyOf(sightings);
  }
}
