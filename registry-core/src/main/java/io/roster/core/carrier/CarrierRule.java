package io.roster.core.carrier;

import java.time.Duration;

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

  /** From one look to the next. */
  static final Duration LOOKS_EVERY = Duration.ofMillis(25);

  /**
   * A look that comes so long after the last shows that the looking thread was kept from running.
   */
  private static final Duration LATE_AFTER = LOOKS_EVERY.multipliedBy(4);

  /** Carriers for each one of a calm system: more of them cost everybody more than they help. */
  private static final int MOST_TIMES = 8;

  /** What a look found. */
  enum Look {
    /** A thread that could run since the last look has run. */
    PROMPT,
    /** It still waits. */
    WAITING,
    /**
     * The look itself came late: the machine is busy with others, and more carriers would not help.
     */
    LATE;

    /**
     * What a look found that came so long after the last one.
     *
     * @param hasRun whether the thread that was started with an earlier look has run
     */
    static Look of(long nanosSinceLast, boolean hasRun) {
      if (nanosSinceLast > LATE_AFTER.toNanos()) {
        return LATE;
      }
      return hasRun ? PROMPT : WAITING;
    }
  }

  /** For {@code least} carriers in a calm system. */
  static CarrierRule of(int least) {
    return new CarrierRule(least, least * MOST_TIMES, least, 0);
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
