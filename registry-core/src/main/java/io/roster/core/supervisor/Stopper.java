package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitWatch;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.StartOptions;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Stops children and waits until they have: what a supervisor does when it ends itself. */
record Stopper(ProcessContext self, Children children) {

  /** Enough for a process that is dead by the time that the kill returns. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(30);

  /**
   * A child that was asked to stop.
   *
   * @param allowed how long it has from {@code askedNanos} on
   */
  private record Asked(Child child, Pid pid, Duration allowed, long askedNanos) {

    Duration left(long nowNanos) {
      return allowed.minusNanos(nowNanos - askedNanos);
    }
  }

  /** One by one, the last started first. */
  void stopInTurn() {
    for (Child child : children.reversed()) {
      stopAndForget(child);
    }
  }

  /** All at once, each with its own time: no wait for one goes past the end of another's time. */
  void stopTogether() {
    List<Asked> asked = new ArrayList<>();
    for (Child child : children.inOrder()) {
      child.pid().ifPresent(pid -> asked.add(ask(child, pid)));
    }
    long now = System.nanoTime();
    asked.sort(Comparator.comparing(each -> each.left(now)));
    for (Asked each : asked) {
      await(each);
    }
    children.inOrder().forEach(this::gone);
  }

  void stopAndForget(Child child) {
    child.pid().ifPresent(pid -> await(ask(child, pid)));
    gone(child);
  }

  private void gone(Child child) {
    child.pid().ifPresent(children::processGone);
    child.answer(new ChildResult.Failed(ExitReason.shutdown()));
    child.down();
  }

  private Asked ask(Child child, Pid pid) {
    self.exit(pid, isBrutal(child) ? ExitReason.killed() : ExitReason.shutdown());
    return new Asked(child, pid, allowed(child), System.nanoTime());
  }

  /** A child that is still in its {@code init} is in no state to be asked. */
  private static boolean isBrutal(Child child) {
    return child.is(ChildInfo.Status.STARTING)
        || child.policy().shutdown() instanceof Shutdown.Brutal;
  }

  private void await(Asked asked) {
    ExitWatch watch = asked.child.watch();
    Optional<ExitReason> reason = watch.await(asked.left(System.nanoTime()));
    if (reason.isEmpty()) {
      self.exit(asked.pid, ExitReason.killed());
      reason = watch.await(AFTER_KILL);
    }
    reason.ifPresent(ended -> reportIfBad(asked.child, asked.pid, ended));
  }

  /** One that is killed has no time left: it is waited for as after any kill. */
  private static Duration allowed(Child child) {
    if (isBrutal(child)) {
      return Duration.ZERO;
    }
    return switch (child.policy().shutdown()) {
      case Shutdown.Brutal() -> Duration.ZERO;
      case Shutdown.Unbounded() -> StartOptions.UNLIMITED;
      case Shutdown.Within(Duration time) -> time;
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
