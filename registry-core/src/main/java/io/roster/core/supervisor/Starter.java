package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitWatch;
import io.roster.core.process.NameNotTaken;
import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.StartOptions;
import io.roster.core.process.StartResult;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.ExitReason;
import java.util.List;
import java.util.Optional;

/** Starts children and notes how their starts ended. Confined to its supervisor. */
record Starter(SupervisorConfig config, ProcessContext self, Children children) {

  StartResult<?> startNow(Child child) {
    return begin(child).await();
  }

  /**
   * Begins a start and does not wait. If it succeeds, whoever waits for it is told by the child,
   * and the supervisor sees it when it looks; else the supervisor is told.
   */
  void beginAlone(Child child) {
    PendingStart<?> pending = begin(child);
    tell(pending, new Begun(self, child, child.turn(), child.waiting()));
  }

  private static <H> void tell(PendingStart<H> pending, Begun begun) {
    pending.whenDone(begun::ended);
  }

  /** A start that is under way: what the thread needs that knows its end. */
  private record Begun(
      ProcessContext self, Child child, long turn, List<ReplyTo<ChildResult>> waiting) {

    private void ended(StartResult<?> result) {
      if (result instanceof StartResult.Started<?>(Pid pid, _)) {
        var started = new ChildResult.Started(pid);
        waiting.forEach(replyTo -> replyTo.reply(started));
        if (self.system().isAlive(pid)) {
          return;
        }
        // Its end may have come to the supervisor before it could see that the child had started.
      }
      self.send(self.pid(), new Op.StartEnded(child, turn, result));
    }
  }

  private PendingStart<?> begin(Child child) {
    StartOptions options = child.spec().options().withLink();
    PendingStart<?> pending;
    try {
      pending = child.spec().start().get().begin(self.system(), options);
    } catch (Throwable thrown) { // whatever the user's code throws, an Error among it
      pending = PendingStart.failed(self.system(), self.pid(), thrown);
      child.startingInVain();
      return pending;
    }
    ExitWatch watch = self.system().watchExit(pending.pid());
    watch.whenExitedTell(self.pid());
    child.starting(pending, watch);
    children.processIs(child, pending.pid());
    return pending;
  }

  /** Notes how a start ended. */
  void settle(Child child, StartResult<?> result) {
    child
        .pid()
        .filter(_ -> !(result instanceof StartResult.Started))
        .ifPresent(children::processGone);
    switch (result) {
      case StartResult.Started<?>(Pid pid, _) -> children.runs(child, pid);
      case StartResult.Ignored<?>() -> {
        child.down();
        child.giveUpRestarting();
        if (config.forgets(child.policy())) {
          children.remove(child);
        }
      }
      case StartResult.AlreadyStarted<?> _, StartResult.Failed<?> _, StartResult.TimedOut<?> _ -> {
        if (waitsForName(child, result)) {
          new Standby(self, children).begin(child, holder(result));
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
