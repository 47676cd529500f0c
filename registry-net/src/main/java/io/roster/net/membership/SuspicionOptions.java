package io.roster.net.membership;

import java.time.Duration;

/**
 * How long a suspect has to speak up. Immutable.
 *
 * @param multiplier a suspect among up to ten members has at least this many probe intervals, 6.
 *     Higher: fewer healthy members are declared dead. Lower: dead ones are declared sooner
 * @param growth by how much of that its time grows with each power of ten in the cluster's size,
 *     0.15; one: in proportion to the decimal logarithm, as in Lifeguard. Higher: refutations have
 *     more time to get around. Lower: failures in large clusters are seen sooner; suspects are told
 *     directly here, so that they contradict long before
 * @param maxMultiplier a suspicion that nobody confirms lasts up to this many times as long, 6;
 *     one: no longer. Higher: an accuser that is slow itself does less harm. Lower: a failure that
 *     few can confirm is seen sooner
 * @param confirmations how many further accusers bring a suspicion down to its minimum, 3; zero
 *     starts at the minimum. Higher: safer. Lower: sooner, above all with much loss
 */
public record SuspicionOptions(
    int multiplier, double growth, int maxMultiplier, int confirmations) {

  /** Lifeguard's shape; short, and nearly as short in large clusters. */
  public static final SuspicionOptions LAN = new SuspicionOptions(6, 0.15, 6, 3);

  /** Checks the bounds. */
  public SuspicionOptions {
    Options.between("suspicion multiplier", multiplier, 1, 100);
    if (!(growth >= 0 && growth <= 10)) {
      throw new IllegalArgumentException(
          "expected a suspicion growth from 0 to 10, got: " + growth);
    }
    Options.between("suspicion maxMultiplier", maxMultiplier, 1, 100);
    Options.between("confirmations", confirmations, 0, 8);
  }

  /** The same with another {@link #multiplier}. */
  public SuspicionOptions withMultiplier(int multiplier) {
    return new SuspicionOptions(multiplier, growth, maxMultiplier, confirmations);
  }

  /** The same with another {@link #growth}. */
  public SuspicionOptions withGrowth(double growth) {
    return new SuspicionOptions(multiplier, growth, maxMultiplier, confirmations);
  }

  /** The time that a suspect among {@code members} has at least. */
  public Duration least(int members, Duration probeInterval) {
    double tens = Math.max(0, Math.log10(Math.max(1, members)) - 1);
    return Duration.ofNanos((long) (multiplier * (1 + growth * tens) * probeInterval.toNanos()));
  }

  /** The same with another {@link #maxMultiplier}. */
  public SuspicionOptions withMaxMultiplier(int maxMultiplier) {
    return new SuspicionOptions(multiplier, growth, maxMultiplier, confirmations);
  }

  /** The same with another {@link #confirmations}. */
  public SuspicionOptions withConfirmations(int confirmations) {
    return new SuspicionOptions(multiplier, growth, maxMultiplier, confirmations);
  }
}
