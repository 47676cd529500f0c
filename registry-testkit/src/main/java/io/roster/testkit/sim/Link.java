package io.roster.testkit.sim;

import java.time.Duration;

/**
 * How the network behaves where it is not cut. Immutable.
 *
 * @param delayMin no packet is faster
 * @param delayMean the mean of what comes on top; the tail is long, as it is in real networks
 * @param loss share of datagrams that are lost, from 0 to 1
 * @param duplication share of datagrams that arrive twice
 * @param burst how many datagrams of one way are lost in a row, on average; with 1 each is lost or
 *     not whatever became of the one before
 */
public record Link(
    Duration delayMin, Duration delayMean, double loss, double duplication, double burst) {

  /** Checks the shares. */
  public Link {
    if (!(loss >= 0 && loss <= 1 && duplication >= 0 && duplication <= 1)) {
      throw new IllegalArgumentException(
          "expected shares from 0 to 1, got: loss %s, duplication %s".formatted(loss, duplication));
    }
    if (!(burst >= 1) || (burst > 1 && loss == 1)) {
      throw new IllegalArgumentException(
          "expected bursts of 1 or more, and an end of each, got: %s with loss %s"
              .formatted(burst, loss));
    }
  }

  /** One site: fractions of a millisecond, nothing lost. */
  public static Link lan() {
    return new Link(Duration.ofNanos(100_000), Duration.ofNanos(200_000), 0, 0, 1);
  }

  /** Several sites: 40 milliseconds and more, nothing lost. */
  public static Link wan() {
    return new Link(Duration.ofMillis(40), Duration.ofMillis(10), 0, 0, 1);
  }

  /** The same, losing a share of datagrams. */
  public Link losing(double share) {
    return new Link(delayMin, delayMean, share, duplication, burst);
  }

  /** The same, doubling a share of datagrams. */
  public Link doubling(double share) {
    return new Link(delayMin, delayMean, loss, share, burst);
  }

  /** The same, losing as many, but so many in a row. */
  public Link inBursts(double mean) {
    return new Link(delayMin, delayMean, loss, duplication, mean);
  }
}
