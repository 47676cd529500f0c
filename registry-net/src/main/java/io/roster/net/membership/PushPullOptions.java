package io.roster.net.membership;

import java.time.Duration;

/**
 * How whole views are compared, over a stream. Immutable.
 *
 * @param interval how often a member compares its view with a random other's, 10 s; stretched above
 *     32 members by the binary logarithm of their number less four, rounded up. Higher: costs less.
 *     Lower: what gossip missed is repaired sooner
 * @param timeout how long a stream may stay without progress, 2 s; as a whole it may take five
 *     times that. Higher: holds on to peers that hang. Lower: gives slow ones up
 */
public record PushPullOptions(Duration interval, Duration timeout) {

  /** Three times as often as memberlist: equal views cost sixteen bytes here. */
  public static final PushPullOptions LAN =
      new PushPullOptions(Duration.ofSeconds(10), Duration.ofSeconds(2));

  /** Checks the bounds. */
  public PushPullOptions {
    Options.positive("push-pull interval", interval);
    Options.positive("push-pull timeout", timeout);
  }

  /** The same with another {@link #interval}. */
  public PushPullOptions withInterval(Duration interval) {
    return new PushPullOptions(interval, timeout);
  }

  /** The same with another {@link #timeout}. */
  public PushPullOptions withTimeout(Duration timeout) {
    return new PushPullOptions(interval, timeout);
  }
}
