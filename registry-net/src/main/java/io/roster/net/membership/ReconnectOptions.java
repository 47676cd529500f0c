package io.roster.net.membership;

import java.time.Duration;

/**
 * How failed members are remembered and tried again. Immutable.
 *
 * @param interval how often failed members and seeds are tried, 1 s. Higher: costs less while
 *     members are down. Lower: splits heal sooner
 * @param forgetAfter how long failed members are tried and departed ones remembered, one day.
 *     Higher: longer splits heal by themselves. Lower: fewer rows of members that never come back
 * @param membersMax how many members are remembered, in whatever state, 65,536; further ones are
 *     refused. Higher: more memory can be made to be used. Lower: a large cluster is cut off at it
 */
public record ReconnectOptions(Duration interval, Duration forgetAfter, int membersMax) {

  /** Tried every second for a day. */
  public static final ReconnectOptions LAN =
      new ReconnectOptions(Duration.ofSeconds(1), Duration.ofDays(1), 65_536);

  /** Checks the bounds. */
  public ReconnectOptions {
    Options.positive("reconnect interval", interval);
    Options.positive("forgetAfter", forgetAfter);
    Options.between("membersMax", membersMax, 2, 1_000_000);
  }

  /** The same with another {@link #interval}. */
  public ReconnectOptions withInterval(Duration interval) {
    return new ReconnectOptions(interval, forgetAfter, membersMax);
  }

  /** The same with another {@link #forgetAfter}. */
  public ReconnectOptions withForgetAfter(Duration forgetAfter) {
    return new ReconnectOptions(interval, forgetAfter, membersMax);
  }

  /** The same with another {@link #membersMax}. */
  public ReconnectOptions withMembersMax(int membersMax) {
    return new ReconnectOptions(interval, forgetAfter, membersMax);
  }
}
