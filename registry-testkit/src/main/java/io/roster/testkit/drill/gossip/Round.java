package io.roster.testkit.drill.gossip;

import java.util.List;

/**
 * One fault, and all that the nodes saw of each other from the end of the round before to after the
 * end of this one. Immutable.
 *
 * @param number counts from zero
 * @param beginNanos when the fault began
 * @param endNanos when it was over: the process went on or was there again, the network was whole
 * @param before what was seen before the fault that belongs to no earlier round
 * @param sightings in the order of their moments, those before the fault left out
 * @param whole whether at the end every node saw all others alive
 */
public record Round(
    int number,
    long beginNanos,
    long endNanos,
    List<Sighting> before,
    List<Sighting> sightings,
    boolean whole) {

  /** Copies. */
  public Round {
    before = List.copyOf(before);
    sightings = List.copyOf(sightings);
  }
}
