package io.roster.net.membership;

import java.time.Duration;

/**
 * How whole views are compared, over a stream. Immutable.
 *
 * @param interval how often a member compares its view with a random other's, 10 s; stretched above
 *     32 members by the binary logarithm of their number less four, rounded up. Higher: costs less.
 *     Lower: what gossip missed is repaired sooner
 * @param timeout how long a stream may stay without progress, 2 s; as a whole it may take five
 *     times that after its first message. Higher: holds on to peers that hang. Lower: gives slow
 *     ones up
 * @param settling how long nobody new was met, and nobody came back, when views are compared once
 *     more, 2.5 s; zero: never. Higher: what gossip missed of a start or a heal stays missed for
 *     longer. Lower: is under way still, so that whole views are sent for nothing
 */
public record PushPullOptions(Duration interval, Duration timeout, Duration settling) {

  /** Three times as often as memberlist: equal views cost sixteen bytes here. */
  public static final PushPullOptions LAN =
      new PushPullOptions(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofMillis(2_500));

  /** Checks the bounds. */
  public PushPullOptions {
    Options.positive("push-pull interval", interval);
    Options.positive("push-pull timeout", timeout);
    Options.zeroOrMore("push-pull settling", settling);
  }

  /** The same with another {@link #interval}. */
  public PushPullOptions withInterval(Duration interval) {
    return new PushPullOptions(interval, timeout, settling);
  }

  /** The same with another {@link #timeout}. */
  public PushPullOptions withTimeout(Duration timeout) {
    return new PushPullOptions(interval, timeout, settling);
  }

  /** The same with another {@link #settling}. */
  public PushPullOptions withSettling(Duration settling) {
    return new PushPullOptions(interval, timeout, settling);
  }
}
