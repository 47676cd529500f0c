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
 */
public record RefutationOptions(boolean buddy, int verifiers) {

  /** Suspects are told, and ten others ask them. */
  public static final RefutationOptions LAN = new RefutationOptions(true, 10);

  /** Checks the bounds. */
  public RefutationOptions {
    Options.between("verifiers", verifiers, 0, 64);
  }

  /** The same with another {@link #buddy}. */
  public RefutationOptions withBuddy(boolean buddy) {
    return new RefutationOptions(buddy, verifiers);
  }

  /** The same with another {@link #verifiers}. */
  public RefutationOptions withVerifiers(int verifiers) {
    return new RefutationOptions(buddy, verifiers);
  }
}
