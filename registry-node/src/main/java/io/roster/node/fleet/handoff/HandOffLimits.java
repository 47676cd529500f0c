package io.roster.node.fleet.handoff;

import java.time.Duration;

/**
 * How long the steps of a move may take and how large its state may be. Immutable.
 *
 * @param step how long one step may take before the move is called off, ten seconds. Callers of a
 *     sealed worker wait at most two such steps; a lower limit calls moves of large states off
 * @param retry how long an answer may take before the question is asked again, half a second. Lower
 *     recovers sooner from a broken link, at the price of repeated frames
 * @param quiet how long the source goes on collecting messages after the target has taken over, 20
 *     ms: what other nodes sent to the old pid before they heard of the new one is then ordered
 *     before what they send to the new one. Zero saves that time and gives that order up
 * @param chunkBytes size of the pieces of the state, 64 KiB, so that heartbeats pass between them
 * @param stateBytesMax largest state that is moved, 64 MiB; a larger worker stays where it is
 */
public record HandOffLimits(
    Duration step, Duration retry, Duration quiet, int chunkBytes, int stateBytesMax) {

  /** For a cluster in one data centre. */
  public static final HandOffLimits DEFAULT =
      new HandOffLimits(
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          Duration.ofMillis(20),
          64 * 1024,
          64 * 1024 * 1024);

  /** Checks the values. */
  public HandOffLimits {
    if (!step.isPositive() || !retry.isPositive() || quiet.isNegative()) {
      throw new IllegalArgumentException(
          "expected step and retry above zero and quiet not below, got: %s, %s, %s"
              .formatted(step, retry, quiet));
    }
    if (chunkBytes <= 0 || stateBytesMax <= 0) {
      throw new IllegalArgumentException(
          "expected chunk and state sizes above zero, got: " + chunkBytes + ", " + stateBytesMax);
    }
  }
}
