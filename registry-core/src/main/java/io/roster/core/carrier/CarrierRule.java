package io.roster.core.carrier;

/**
 * How many carriers virtual threads should have: more when one that could run is left waiting,
 * since then all carriers are with code that makes no pause; as many as at first when nothing of
 * the kind was seen for a while. Immutable.
 *
 * @param least carriers of a calm system, one or more
 * @param most carriers at any time
 * @param present carriers that there should be now
 * @param calm looks in a row that found nobody waiting
 */
record CarrierRule(int least, int most, int present, int calm) {

  /** Looks without anybody waiting after which the additional carriers are given back. */
  static final int CALM_LOOKS = 80;

  /** What a look found. */
  enum Look {
    /** A thread that could run since the last look has run. */
    PROMPT,
    /** It still waits. */
    WAITING,
    /**
     * The look itself came late: the machine is busy with others, and more carriers would not help.
     */
    LATE
  }

  static CarrierRule of(int least, int most) {
    return new CarrierRule(least, Math.max(least, most), least, 0);
  }

  /** Whether there are no more than in a calm system. */
  boolean isCalm() {
    return present == least;
  }

  /**
   * The rule after a look.
   *
   * @param found carriers that there are: others may have changed their number
   */
  CarrierRule after(Look look, int found) {
    return switch (look) {
      case WAITING -> new CarrierRule(least, most, Math.min(most, Math.max(found, 1) * 2), 0);
      case PROMPT ->
          calm + 1 < CALM_LOOKS
              ? new CarrierRule(least, most, found, calm + 1)
              : new CarrierRule(least, most, least, 0);
      case LATE -> new CarrierRule(least, most, found, calm);
    };
  }
}
