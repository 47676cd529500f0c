package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.Report;
import io.roster.core.signal.ExitReason;

/** What supervisors report. Immutable. */
public sealed interface SupervisorReport extends Report {

  /**
   * A child ended otherwise than expected.
   *
   * @param supervisor its supervisor
   * @param childId its id
   * @param pid its process
   * @param reason why
   * @param restarted whether it is started again
   */
  record ChildEnded(Pid supervisor, String childId, Pid pid, ExitReason reason, boolean restarted)
      implements SupervisorReport {
    @Override
    public Severity severity() {
      return reason.isRelinquished() ? Severity.INFO : Severity.WARNING;
    }
  }

  /**
   * A child could not be started.
   *
   * @param supervisor its supervisor
   * @param childId its id
   * @param reason why
   */
  record ChildNotStarted(Pid supervisor, String childId, ExitReason reason)
      implements SupervisorReport {
    @Override
    public Severity severity() {
      return Severity.ERROR;
    }
  }

  /**
   * A child was asked to stop and ended in another way.
   *
   * @param supervisor its supervisor
   * @param childId its id
   * @param pid its process
   * @param reason how it ended
   */
  record ChildStoppedBadly(Pid supervisor, String childId, Pid pid, ExitReason reason)
      implements SupervisorReport {
    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /**
   * Children restarted too often; the supervisor ends.
   *
   * @param supervisor the supervisor
   * @param childId the last child to end
   * @param limit what was exceeded
   */
  record GaveUp(Pid supervisor, String childId, RestartLimit limit) implements SupervisorReport {
    @Override
    public Severity severity() {
      return Severity.ERROR;
    }
  }
}
