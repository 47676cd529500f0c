package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.NameNotTaken;
import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.StartOptions;
import io.roster.core.process.StartResult;
import io.roster.core.signal.ExitReason;
import java.util.Optional;

/** Starts children and notes how their starts ended. Confined to its supervisor. */
record Starter(SupervisorConfig config, ProcessContext self) {

  StartResult<?> startNow(Children children, Child child) {
    return begin(children, child).await();
  }

  PendingStart<?> begin(Children children, Child child) {
    StartOptions options = child.spec().options().withLink();
    PendingStart<?> pending;
    try {
      pending = child.spec().start().get().begin(self.system(), options);
    } catch (Throwable thrown) { // whatever the user's code throws, an Error among it
      pending = PendingStart.failed(self.system(), self.pid(), thrown);
      child.startingInVain();
      return pending;
    }
    var _ = self.monitor(pending.pid());
    child.starting(pending);
    children.processIs(child, pending.pid());
    return pending;
  }

  /** Notes how a start ended. */
  void settle(Children children, Child child, StartResult<?> result) {
    child
        .pid()
        .filter(_ -> !(result instanceof StartResult.Started))
        .ifPresent(children::processGone);
    switch (result) {
      case StartResult.Started<?>(Pid pid, _) -> {
        children.restartsNoMore(child);
        children.processIs(child, pid);
        child.running(pid);
      }
      case StartResult.Ignored<?>() -> {
        child.down();
        if (config.dynamic() || child.policy().restart() == Restart.TEMPORARY) {
          children.remove(child);
        }
      }
      case StartResult.AlreadyStarted<?> _, StartResult.Failed<?> _, StartResult.TimedOut<?> _ -> {
        if (waitsForName(child, result)) {
          new Standby(self).begin(children, child, holder(result));
        } else {
          child.down();
        }
      }
    }
  }

  /** Whether the start found nothing wrong but the name, and the child waits for that. */
  private static boolean waitsForName(Child child, StartResult<?> result) {
    return child.policy().standsBy()
        && switch (result) {
          case StartResult.AlreadyStarted<?> _ -> true;
          case StartResult.Failed<?>(ExitReason.Crashed crashed) ->
              crashed.detail() instanceof NameNotTaken;
          case StartResult.Started<?> _,
              StartResult.Ignored<?> _,
              StartResult.Failed<?> _,
              StartResult.TimedOut<?> _ ->
              false;
        };
  }

  private static Optional<Pid> holder(StartResult<?> result) {
    return result instanceof StartResult.AlreadyStarted<?>(Pid pid)
        ? Optional.of(pid)
        : Optional.empty();
  }

  static Optional<ExitReason> failureOf(Child child, StartResult<?> result) {
    return switch (result) {
      case StartResult.Started<?> _, StartResult.Ignored<?> _ -> Optional.empty();
      case StartResult.AlreadyStarted<?> _, StartResult.Failed<?> _, StartResult.TimedOut<?> _ ->
          waitsForName(child, result) ? Optional.empty() : Optional.of(result.reason());
    };
  }

  static ChildResult resultOf(Child child, StartResult<?> result) {
    if (waitsForName(child, result)) {
      return new ChildResult.StandingBy(holder(result));
    }
    return switch (result) {
      case StartResult.Started<?>(Pid pid, _) -> new ChildResult.Started(pid);
      case StartResult.Ignored<?>() -> new ChildResult.Ignored();
      case StartResult.AlreadyStarted<?>(Pid pid) -> new ChildResult.AlreadyStarted(pid);
      case StartResult.Failed<?> _, StartResult.TimedOut<?> _ ->
          new ChildResult.Failed(result.reason());
    };
  }
}
