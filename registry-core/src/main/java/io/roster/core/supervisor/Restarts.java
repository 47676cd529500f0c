package io.roster.core.supervisor;

import io.roster.core.process.ProcessContext;
import io.roster.core.process.StartResult;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.Optional;

/** Restarts children, alone or with their group. Confined to its supervisor. */
record Restarts(
    SupervisorConfig config,
    ProcessContext self,
    Children children,
    Starter starter,
    Stopper stopper) {

  /**
   * Starts a child again that has ended, and whoever restarts with it.
   *
   * @return how the supervisor ends if that is once too often
   */
  Optional<ExitReason> restart(Child child) {
    if (!children.mayRestart(self.system().ticker().nowNanos(), config.limit())) {
      self.system().report(new SupervisorReport.GaveUp(self.pid(), child.id(), config.limit()));
      children.remove(child);
      return Optional.of(new ExitReason.Shutdown("reached the restart limit"));
    }
    child.restarted();
    if (config.independent()) {
      starter.beginAlone(child);
    } else {
      restartGroup(
          RestartPlan.of(
              config.strategy(),
              children.inOrder(),
              child,
              each -> each.policy().restart() == Restart.TEMPORARY));
    }
    return Optional.empty();
  }

  private void restartGroup(RestartPlan<Child> plan) {
    plan.stopped().forEach(stopper::stopAndForget);
    plan.forgotten().forEach(children::remove);
    for (Child child : plan.started()) {
      StartResult<?> result = starter.startNow(child);
      starter.settle(child, result);
      Optional<ExitReason> failure = Starter.failureOf(child, result);
      if (failure.isPresent()) {
        failed(child, failure.get());
        return;
      }
    }
  }

  /**
   * An attempt has failed: back to the mailbox before the next, so that requests get in between.
   */
  void failed(Child child, ExitReason reason) {
    self.system().report(new SupervisorReport.ChildNotStarted(self.pid(), child.id(), reason));
    child.pid().ifPresent(children::processGone);
    child.failedToRestart();
    child.restarting();
    children.restarts(child);
    Duration wait = config.limit().backoffAfter(child.failures());
    var again = new Op.TryAgain(child, child.turn());
    if (wait.isZero()) {
      self.send(self.pid(), again);
    } else {
      child.timed(self.sendAfter(wait, self.pid(), again));
    }
  }
}
