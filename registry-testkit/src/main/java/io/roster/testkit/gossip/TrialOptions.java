package io.roster.testkit.gossip;

import io.roster.net.membership.GossipOptions;
import io.roster.testkit.sim.Link;
import java.time.Duration;

/**
 * What a run is made of. Immutable.
 *
 * @param nodes how many nodes
 * @param scenario what is done to them
 * @param gossip what they run with
 * @param link how the network behaves
 * @param hold how long a split, or slowness, lasts
 * @param affected how many nodes are on the smaller side of a split, or slow
 * @param anomaly what ails the slow ones
 * @param bytesCounted whether the bytes of every message are counted, which costs time
 */
public record TrialOptions(
    int nodes,
    Scenario scenario,
    GossipOptions gossip,
    Link link,
    Duration hold,
    int affected,
    Anomaly anomaly,
    boolean bytesCounted) {

  /** Checks the counts. */
  public TrialOptions {
    if (nodes < 2 || nodes > 100_000) {
      throw new IllegalArgumentException("expected 2 to 100000 nodes, got: " + nodes);
    }
    if (affected < 1 || affected >= nodes) {
      throw new IllegalArgumentException(
          "expected 1 to %d affected nodes, got: %d".formatted(nodes - 1, affected));
    }
  }

  /** With slow nodes as {@link Anomaly#LONG} has them. */
  public TrialOptions(
      int nodes,
      Scenario scenario,
      GossipOptions gossip,
      Link link,
      Duration hold,
      int affected,
      boolean bytesCounted) {
    this(nodes, scenario, gossip, link, hold, affected, Anomaly.LONG, bytesCounted);
  }

  /** The same with other slow nodes. */
  public TrialOptions withAnomaly(Anomaly other) {
    return new TrialOptions(nodes, scenario, gossip, link, hold, affected, other, bytesCounted);
  }
}
