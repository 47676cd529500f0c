package io.roster.core.supervisor;

import io.roster.core.signal.ExitReason;

/** What becomes of a child that has ended by itself. Pure. */
final class RestartRule {

  private RestartRule() {}

  /** What becomes of it. */
  enum Verdict {
    /** It is started again, which counts. */
    RESTART,
    /** It waits for the name that it lost; that counts for nothing. */
    STANDS_BY,
    /** It stays down; its specification stays. */
    STAYS_DOWN,
    /** It and its specification are gone. */
    FORGOTTEN
  }

  /**
   * What an end comes to.
   *
   * @param verdict what becomes of the child
   * @param endsSupervisor whether the supervisor ends with it
   */
  record Decision(Verdict verdict, boolean endsSupervisor) {}

  /**
   * What the end of a child comes to.
   *
   * @param significantLeft whether another significant child has not ended for good
   */
  static Decision decision(
      SupervisorConfig config, ChildPolicy policy, ExitReason reason, boolean significantLeft) {
    Verdict verdict = verdict(policy, reason);
    return switch (verdict) {
      case RESTART, STANDS_BY -> new Decision(verdict, false);
      case STAYS_DOWN, FORGOTTEN ->
          new Decision(
              config.forgets(policy) ? Verdict.FORGOTTEN : verdict,
              config.autoShutdown().isDue(policy, significantLeft));
    };
  }

  private static Verdict verdict(ChildPolicy policy, ExitReason reason) {
    return switch (policy.restart()) {
      case TEMPORARY -> Verdict.FORGOTTEN;
      case TRANSIENT -> reason.isExpected() ? Verdict.STAYS_DOWN : unexpected(policy, reason);
      case PERMANENT -> unexpected(policy, reason);
    };
  }

  private static Verdict unexpected(ChildPolicy policy, ExitReason reason) {
    if (!reason.isRelinquished()) {
      return Verdict.RESTART;
    }
    return policy.standsBy() && lostItsName(reason) ? Verdict.STANDS_BY : Verdict.STAYS_DOWN;
  }

  private static boolean lostItsName(ExitReason reason) {
    return switch (reason) {
      case ExitReason.NameConflict _, ExitReason.QuorumLost _ -> true;
      case ExitReason.Normal _,
          ExitReason.Shutdown _,
          ExitReason.Killed _,
          ExitReason.Crashed _,
          ExitReason.NoProcess _,
          ExitReason.NoConnection _,
          ExitReason.Moved _,
          ExitReason.NodeLeaving _ ->
          false;
    };
  }
}
