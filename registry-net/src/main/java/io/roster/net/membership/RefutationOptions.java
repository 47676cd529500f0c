package io.roster.net.membership;

/**
 * How a suspect is given the chance to contradict. Immutable.
 *
 * @param buddy whether a suspect is told of the suspicion with every datagram sent to it, true.
 *     Without, a suspect learns of it by chance and contradicts later; with it, pings to suspects
 *     are some bytes longer
 * @param verifiers how many members, about, probe a suspect at once when they first hear of the
 *     suspicion, 10; zero leaves confirmation to chance. Higher: settled sooner, at a burst of that
 *     many pings at the suspect. Lower: fewer confirmations in time, so suspicions last longer
 * @param deathsChecked whether a member that somebody calls dead is asked before it is given up,
 *     true. Without, as in SWIM, one slow member's error is everybody's, and a heal makes each side
 *     lose its own members for a moment
 */
public record RefutationOptions(boolean buddy, int verifiers, boolean deathsChecked) {

  /** Suspects are told, ten others ask them, and nobody's word is enough for a death. */
  public static final RefutationOptions LAN = new RefutationOptions(true, 10, true);

  /** Nobody is asked or told: what SWIM does. */
  public static final RefutationOptions NONE = new RefutationOptions(false, 0, false);

  /** Checks the bounds. */
  public RefutationOptions {
    Options.between("verifiers", verifiers, 0, 64);
  }

  /** The same with another {@link #buddy}. */
  public RefutationOptions withBuddy(boolean buddy) {
    return new RefutationOptions(buddy, verifiers, deathsChecked);
  }

  /** The same with another {@link #verifiers}. */
  public RefutationOptions withVerifiers(int verifiers) {
    return new RefutationOptions(buddy, verifiers, deathsChecked);
  }

  /** The same with another {@link #deathsChecked}. */
  public RefutationOptions withDeathsChecked(boolean deathsChecked) {
    return new RefutationOptions(buddy, verifiers, deathsChecked);
  }
}
