package io.roster.core.supervisor;

import io.roster.core.signal.ExitReason;

/** What becomes of a child that has ended by itself. Pure. */
final class RestartRule {

  private RestartRule() {}

  /** What becomes of it. */
  enum Verdict {
    /** It is started again, which counts. */
    RESTART,
    /** It stays down; its specification stays. */
    STAYS_DOWN,
    /** It and its specification are gone. */
    FORGOTTEN
  }

  static Verdict verdict(Restart restart, ExitReason reason) {
    return switch (restart) {
      case TEMPORARY -> Verdict.FORGOTTEN;
      case TRANSIENT ->
          reason.isExpected() || reason.isRelinquished() ? Verdict.STAYS_DOWN : Verdict.RESTART;
      case PERMANENT -> reason.isRelinquished() ? Verdict.STAYS_DOWN : Verdict.RESTART;
    };
  }
}
