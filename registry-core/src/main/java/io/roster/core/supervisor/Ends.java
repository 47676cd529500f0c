package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.Optional;

/** What becomes of children that end, by themselves or as asked. Confined to its supervisor. */
record Ends(
    SupervisorConfig config,
    ProcessContext self,
    Children children,
    Stopper stopper,
    Restarts restarts) {

  /** Stops a child as somebody asks. */
  void terminate(Optional<Child> found, ReplyTo<ChildResult> replyTo) {
    if (found.isEmpty()) {
      replyTo.reply(new ChildResult.NotFound());
      return;
    }
    Child child = found.get();
    switch (child.status()) {
      case DOWN -> replyTo.reply(new ChildResult.Done());
      case RESTARTING, STANDING_BY -> {
        child.answer(new ChildResult.Failed(ExitReason.shutdown()));
        downForGood(child);
        replyTo.reply(new ChildResult.Done());
      }
      case STARTING -> {
        child.answer(new ChildResult.Failed(ExitReason.shutdown()));
        stop(child, replyTo, new Shutdown.Brutal());
      }
      case RUNNING -> stop(child, replyTo, child.policy().shutdown());
      case STOPPING -> child.answerLater(replyTo);
    }
  }

  private void stop(Child child, ReplyTo<ChildResult> replyTo, Shutdown shutdown) {
    Pid pid = child.pid().orElse(null);
    if (pid == null) {
      downForGood(child);
      replyTo.reply(new ChildResult.Done());
      return;
    }
    child.stopping(pid);
    boolean brutal = shutdown instanceof Shutdown.Brutal;
    self.exit(pid, brutal ? ExitReason.killed() : ExitReason.shutdown());
    // One that neither traps exits nor takes its time is dead by now.
    Optional<ExitReason> ended = child.end();
    if (ended.isPresent()) {
      stopped(child, pid, ended.get());
      replyTo.reply(new ChildResult.Done());
      return;
    }
    child.answerLater(replyTo);
    if (shutdown instanceof Shutdown.Within(Duration time)) {
      var late = new Op.KillLate(child, child.turn());
      child.timed(self.sendAfter(time, self.pid(), late));
    }
  }

  /** A child has had its time to stop. */
  void killLate(Child child) {
    child.pid().ifPresent(pid -> self.exit(pid, ExitReason.killed()));
  }

  private void stopped(Child child, Pid pid, ExitReason reason) {
    children.processGone(pid);
    stopper.reportIfBad(child, pid, reason);
    downForGood(child);
    child.answer(new ChildResult.Done());
  }

  private void downForGood(Child child) {
    child.down();
    child.giveUpRestarting();
    if (config.forgets(child.policy())) {
      children.remove(child);
    }
  }

  /**
   * A process has ended that may be a child's.
   *
   * @return how the supervisor ends with it, if it does
   */
  Optional<ExitReason> ended(Pid pid, ExitReason reason) {
    Optional<Child> found = children.byPid(pid);
    return found.isPresent() ? ended(found.get(), pid, reason) : Optional.empty();
  }

  private Optional<ExitReason> ended(Child child, Pid pid, ExitReason reason) {
    if (child.is(ChildInfo.Status.STARTING)) {
      child.endedEarly(reason);
      return Optional.empty();
    }
    if (child.is(ChildInfo.Status.STOPPING)) {
      stopped(child, pid, reason);
      return Optional.empty();
    }
    children.processGone(pid);
    return endedByItself(child, pid, reason);
  }

  private Optional<ExitReason> endedByItself(Child child, Pid pid, ExitReason reason) {
    child.down();
    boolean left = child.policy().significant() && children.isSignificantLeft();
    RestartRule.Decision decision = RestartRule.decision(config, child.policy(), reason, left);
    boolean restarted = decision.verdict() == RestartRule.Verdict.RESTART;
    if (restarted || !reason.isExpected()) {
      var report = new SupervisorReport.ChildEnded(self.pid(), child.id(), pid, reason, restarted);
      self.system().report(report);
    }
    return switch (decision.verdict()) {
      case RESTART -> restarts.restart(child);
      case STANDS_BY -> {
        new Standby(self, children).begin(child, Standby.winner(reason));
        yield Optional.empty();
      }
      case STAYS_DOWN -> endOf(decision);
      case FORGOTTEN -> {
        children.remove(child);
        yield endOf(decision);
      }
    };
  }

  private static Optional<ExitReason> endOf(RestartRule.Decision decision) {
    return decision.endsSupervisor() ? Optional.of(ExitReason.shutdown()) : Optional.empty();
  }
}
