package io.roster.net.membership;

/**
 * How long a suspect has to speak up. Immutable.
 *
 * @param multiplier a suspect has at least this many probe intervals, times the decimal logarithm
 *     of the cluster's size (but at least one), 4. Higher: fewer healthy members are declared dead.
 *     Lower: dead ones are declared sooner
 * @param maxMultiplier a suspicion that nobody confirms lasts up to this many times as long, 6;
 *     one: no longer. Higher: an accuser that is slow itself does less harm. Lower: a failure that
 *     few can confirm is seen sooner
 * @param confirmations how many further accusers bring a suspicion down to its minimum, 3; zero
 *     starts at the minimum. Higher: safer. Lower: sooner, above all with much loss
 */
public record SuspicionOptions(int multiplier, int maxMultiplier, int confirmations) {

  /** Lifeguard's, with the multiplier that memberlist has come to. */
  public static final SuspicionOptions LAN = new SuspicionOptions(4, 6, 3);

  /** Checks the bounds. */
  public SuspicionOptions {
    Options.between("suspicion multiplier", multiplier, 1, 100);
    Options.between("suspicion maxMultiplier", maxMultiplier, 1, 100);
    Options.between("confirmations", confirmations, 0, 8);
  }

  /** The same with another {@link #multiplier}. */
  public SuspicionOptions withMultiplier(int multiplier) {
    return new SuspicionOptions(multiplier, maxMultiplier, confirmations);
  }

  /** The same with another {@link #maxMultiplier}. */
  public SuspicionOptions withMaxMultiplier(int maxMultiplier) {
    return new SuspicionOptions(multiplier, maxMultiplier, confirmations);
  }

  /** The same with another {@link #confirmations}. */
  public SuspicionOptions withConfirmations(int confirmations) {
    return new SuspicionOptions(multiplier, maxMultiplier, confirmations);
  }
}
