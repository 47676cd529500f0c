package io.roster.testkit.gossip;

import java.util.List;

/**
 * What one run showed. Immutable. Times are milliseconds of simulated time; a list is empty where
 * the scenario has no such thing.
 *
 * @param nodes how many nodes
 * @param seed which run
 * @param seenMicros when each surviving observer had seen all that it should, in order, in
 *     microseconds
 * @param largerMillis the same for the larger side of a split alone, the last one
 * @param smallerMillis the same for the smaller side alone, the last one
 * @param falsePositives how often anyone declared a node dead that ran, or only waited for the
 *     processor, and could be reached from there
 * @param falseAtHealthy those of them at observers that were healthy too
 * @param slowDeaths how often anyone declared a slow node dead, rightly or not; a starved one is
 *     not slow, its death is a false positive
 * @param bytesPerNodePerSecond sent and received, datagrams and streams with their envelopes
 * @param packetsPerNodePerSecond datagrams sent and received
 * @param healMillis how long after its end a split, or a mass restart, was forgotten
 */
public record Figures(
    int nodes,
    long seed,
    List<Long> seenMicros,
    List<Long> largerMillis,
    List<Long> smallerMillis,
    long falsePositives,
    long falseAtHealthy,
    long slowDeaths,
    double bytesPerNodePerSecond,
    double packetsPerNodePerSecond,
    List<Long> healMillis) {

  /** When the first observer had seen it. */
  public List<Long> first() {
    return seenMicros.isEmpty() ? List.of() : List.of(seenMicros.getFirst() / 1_000);
  }

  /** When every observer had seen it. */
  public List<Long> all() {
    return seenMicros.isEmpty() ? List.of() : List.of(seenMicros.getLast() / 1_000);
  }
}
