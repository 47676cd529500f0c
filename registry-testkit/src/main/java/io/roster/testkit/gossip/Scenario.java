package io.roster.testkit.gossip;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
  RESTART;

  /**
   * The scenario called so on the command line.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scenario named(String name) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.title().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a scenario of %s, got: %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(Scenario::title)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  /** Its name on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
