package io.roster.node.config;

import java.time.Duration;

/**
 * How the Hazelcast member below the names is looked after. Immutable.
 *
 * @param rebuildAfter how long Hazelcast and gossip may name different members before the side that
 *     must give way starts its Hazelcast member again
 */
public record ArbiterOptions(Duration rebuildAfter) {

  private static final Duration MIN = Duration.ofSeconds(5);

  /** Several times what a merge takes. */
  public static final ArbiterOptions DEFAULT = new ArbiterOptions(Duration.ofSeconds(30));

  /** Refuses a patience that is shorter than an ordinary merge. */
  public ArbiterOptions {
    if (rebuildAfter.compareTo(MIN) < 0) {
      throw new IllegalArgumentException(
          "expected "
              + MIN.toSeconds()
              + "s or more, which a merge may take, got: "
              + rebuildAfter.toMillis()
              + "ms");
    }
  }
}
