package io.roster.node.config;

import java.time.Duration;

/**
 * How long a graceful leave may take. Immutable.
 *
 * @param drain for handing the workers to other nodes. Raise it for workers with much state; what
 *     is not moved in time stops here and starts elsewhere without its state
 * @param rest for stopping what is left, leaving the gossip and closing Hazelcast and the links
 */
public record StopOptions(Duration drain, Duration rest) {

  /** Twenty seconds, and ten. */
  public static final StopOptions DEFAULT =
      new StopOptions(Duration.ofSeconds(20), Duration.ofSeconds(10));

  /** Checks both. */
  public StopOptions {
    if (drain.isNegative()) {
      throw new IllegalArgumentException("expected drain to be zero or more, got: " + drain);
    }
    if (!rest.isPositive()) {
      throw new IllegalArgumentException("expected rest to be positive, got: " + rest);
    }
  }
}
