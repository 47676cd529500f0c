package io.roster.net.membership;

import java.time.Duration;

/**
 * How members are asked whether they are there. Immutable.
 *
 * @param interval a few members are probed in each ({@code perInterval}), 200 ms. With one in each,
 *     the first accuser of a dead member comes after 1.6 of them in the mean, with two after 1.2,
 *     whatever the cluster's size. Higher: failures are seen later, and all that is measured in
 *     intervals (suspicion, local health) grows with it. Lower: costs more, the load of a quiet
 *     cluster is {@code perInterval} over it
 * @param perInterval how many members are probed in each interval, one after the other, 2. Higher:
 *     the first accuser of a dead member comes sooner. Lower: costs less, the load of a quiet
 *     cluster is in proportion to it
 * @param timeout how long a direct answer may take before others are asked, 80 ms: less than half
 *     of the interval, so that those who are asked can answer within it. Higher: forgives slower
 *     networks and leaves less time to the others. Lower: more is asked of others in vain
 * @param repeats how often the question is put again at most while there is no answer, in even
 *     steps until the interval is over, 9: every 20 ms. Higher: more loss is forgiven; a step
 *     should be longer than a round trip, or every question is put more than once. Lower: fewer
 *     datagrams go to the dead, and with loss more to the others, who are asked then
 * @param indirect how many others are asked then, 3: with 10 % of the datagrams lost, the direct
 *     way there and back fails in 19 of 100 cases, together with three others in 0.8. Higher: more
 *     loss is forgiven. Lower: costs less
 * @param lookAround how many members that were not heard lately are probed at once when one has not
 *     answered, 12, as it may be the first sign of a split; and whether the oldest suspect is
 *     probed in each interval. Higher: splits are seen sooner. Lower: a failure costs fewer pings;
 *     0: each waits for its turn, suspects too
 */
public record ProbeOptions(
    Duration interval,
    int perInterval,
    Duration timeout,
    int repeats,
    int indirect,
    int lookAround) {

  /** For one site: ten members a second, with room for three round trips of a busy network. */
  public static final ProbeOptions LAN =
      new ProbeOptions(Duration.ofMillis(200), 2, Duration.ofMillis(80), 9, 3, 12);

  /** Checks the bounds. */
  public ProbeOptions {
    Options.positive("probe interval", interval);
    Options.between("number of probes per interval", perInterval, 1, 16);
    Options.positive("probe timeout", timeout);
    Options.between("repeats of a probe", repeats, 0, 16);
    Options.between("indirect probes", indirect, 0, 16);
    Options.between("members to look at", lookAround, 0, 64);
    if (timeout.compareTo(interval) >= 0) {
      throw new IllegalArgumentException(
          "expected a probe timeout below the probe interval of " + interval + ", got: " + timeout);
    }
  }

  /** The same with another {@link #interval}. */
  public ProbeOptions withInterval(Duration interval) {
    return new ProbeOptions(interval, perInterval, timeout, repeats, indirect, lookAround);
  }

  /** The same with another {@link #perInterval}. */
  public ProbeOptions withPerInterval(int perInterval) {
    return new ProbeOptions(interval, perInterval, timeout, repeats, indirect, lookAround);
  }

  /** The same with another {@link #timeout}. */
  public ProbeOptions withTimeout(Duration timeout) {
    return new ProbeOptions(interval, perInterval, timeout, repeats, indirect, lookAround);
  }

  /** The same with another {@link #repeats}. */
  public ProbeOptions withRepeats(int repeats) {
    return new ProbeOptions(interval, perInterval, timeout, repeats, indirect, lookAround);
  }

  /** The same with another {@link #indirect}. */
  public ProbeOptions withIndirect(int indirect) {
    return new ProbeOptions(interval, perInterval, timeout, repeats, indirect, lookAround);
  }

  /** The same with another {@link #lookAround}. */
  public ProbeOptions withLookAround(int lookAround) {
    return new ProbeOptions(interval, perInterval, timeout, repeats, indirect, lookAround);
  }
}
