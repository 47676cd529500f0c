package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitWatch;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.StartOptions;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stops children and waits until they have: what a supervisor does when it ends itself. */
record Stopper(ProcessContext self) {

  /** Enough for a process that is dead by the time that the kill returns. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(30);

  private record Asked(Child child, Pid pid, ExitWatch watch, long askedNanos) {}

  /** One by one, the last started first. */
  void stopInTurn(Children children) {
    for (Child child : children.reversed()) {
      stopAndForget(children, child);
    }
  }

  /** All at once. */
  void stopTogether(Children children) {
    List<Asked> asked = new ArrayList<>();
    for (Child child : children.inOrder()) {
      child.pid().ifPresent(pid -> asked.add(ask(child, pid)));
    }
    for (Asked each : asked) {
      await(each);
    }
    children.inOrder().forEach(child -> gone(children, child));
  }

  void stopAndForget(Children children, Child child) {
    child.pid().ifPresent(pid -> await(ask(child, pid)));
    gone(children, child);
  }

  private static void gone(Children children, Child child) {
    child.pid().ifPresent(children::processGone);
    child.answer(new ChildResult.Failed(ExitReason.shutdown()));
    child.down();
  }

  private Asked ask(Child child, Pid pid) {
    ExitWatch watch = self.system().watchExit(pid);
    self.exit(pid, isBrutal(child) ? ExitReason.killed() : ExitReason.shutdown());
    return new Asked(child, pid, watch, System.nanoTime());
  }

  /** A child that is still in its {@code init} is in no state to be asked. */
  private static boolean isBrutal(Child child) {
    return child.is(ChildInfo.Status.STARTING)
        || child.policy().shutdown() instanceof Shutdown.Brutal;
  }

  private void await(Asked asked) {
    Optional<ExitReason> reason = asked.watch.await(timeLeft(asked));
    if (reason.isEmpty()) {
      self.exit(asked.pid, ExitReason.killed());
      reason = asked.watch.await(AFTER_KILL);
    }
    reason.ifPresent(ended -> reportIfBad(asked.child, asked.pid, ended));
  }

  private static Duration timeLeft(Asked asked) {
    return switch (asked.child.policy().shutdown()) {
      case Shutdown.Brutal() -> AFTER_KILL;
      case Shutdown.Unbounded() -> StartOptions.UNLIMITED;
      case Shutdown.Within(Duration time) -> {
        Duration left = time.minusNanos(System.nanoTime() - asked.askedNanos);
        yield left.isPositive() ? left : Duration.ZERO;
      }
    };
  }

  /** A child that was asked to stop is to end so, or as it would have anyway. */
  void reportIfBad(Child child, Pid pid, ExitReason reason) {
    boolean asExpected =
        reason.isExpected()
            || reason.isRelinquished()
            || reason instanceof ExitReason.NoProcess
            || (reason instanceof ExitReason.Killed && isBrutal(child));
    if (!asExpected) {
      self.system()
          .report(new SupervisorReport.ChildStoppedBadly(self.pid(), child.id(), pid, reason));
    }
  }
}
