package io.roster.testkit.gossip;

/** What is done to a simulated cluster. */
public enum Scenario {
  /** Nothing, for a minute: what the gossip costs. */
  QUIET,
  /** One node is gone with its host. */
  CRASH,
  /** One node's process is gone; its host refuses connections. */
  KILL,
  /** One node says goodbye. */
  LEAVE,
  /** The network is split in two, stays so, and heals. */
  CUT,
  /** What one node sends is lost on the way to half of the others; it hears them all. */
  ONE_WAY,
  /** Two nodes do not reach each other, but all others. */
  PARTIAL,
  /**
   * Some nodes send and receive nothing, again and again, and are well in between ({@link
   * Anomaly}).
   */
  SLOW,
  /**
   * All nodes get little of the processor: each waits for its turn again and again, mostly for
   * moments, now and then for as long as the {@link Anomaly} says.
   */
  STARVED,
  /** All nodes start again at once. */
  RESTART
}
