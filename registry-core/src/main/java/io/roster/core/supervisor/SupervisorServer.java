package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.StartResult;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import io.roster.core.server.ServerSignal;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Supervises. Confined to its process.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html">supervisor</a>
 */
final class SupervisorServer implements GenServer<Children, Op> {

  /*
   * Where children are independent (one_for_one, dynamic) nothing here waits: a child that starts or stops
   * slowly holds up its own requests alone. Its start and stop are begun, and end as messages. A turn number
   * tells the message of the present start from one of a start that was given up.
   *
   * Where children depend on each other (one_for_all, rest_for_one) a restart stops and starts them one by
   * one and waits, as OTP does, for nothing else may happen in between. Between failed attempts the
   * supervisor is back at its mailbox in either case.
   *
   * A child's end is told twice, by its link and by a monitor. The link comes first and knows the true reason
   * even of a child that dies in its first moment; the monitor is for a child that has unlinked itself. The
   * second finds the process unknown and means nothing.
   *
   * A child that stands by waits for its name. It is told by a monitor on the holder, and looks from time to
   * time as well, for a holder may give the name up and live on. Attempts that find the name taken count for
   * nothing.
   *
   * Differences from OTP: failed attempts are spaced (RestartLimit), windows are exact, and a child that was
   * relinquished (ExitReason) stays down without counting.
   */

  private final SupervisorConfig config;
  private final List<ChildSpec> specs;
  private long keys;
  private @Nullable ProcessContext context;

  SupervisorServer(SupervisorConfig config, List<ChildSpec> specs) {
    this.config = config;
    this.specs = specs;
  }

  @Override
  public Init<Children> init(ProcessContext self) {
    context = self;
    self.trapExits(true);
    var children = new Children();
    for (ChildSpec spec : specs) {
      var child = new Child(spec.id(), spec);
      children.add(child.key(), child);
      StartResult<?> result = starter().startNow(children, child);
      starter().settle(children, child, result);
      Optional<ExitReason> failure = Starter.failureOf(child, result);
      if (failure.isPresent()) {
        stopper(self).stopInTurn(children);
        return Init.stop(failedToStart(spec, failure.get()));
      }
    }
    return Init.ok(children);
  }

  private static ExitReason failedToStart(ChildSpec spec, ExitReason reason) {
    return new ExitReason.Shutdown("failed to start child " + spec.id() + ": " + reason);
  }

  @Override
  public Next<Children> handle(Op op, Children children) {
    return switch (op) {
      case Op.StartChild(ChildSpec spec, var replyTo) -> startChild(children, spec, replyTo);
      case Op.TerminateChild(String id, var replyTo) ->
          terminate(children, children.byKey(id), replyTo);
      case Op.TerminateProcess(Pid pid, var replyTo) ->
          terminate(children, children.byLastPid(pid), replyTo);
      case Op.RestartChild(String id, var replyTo) -> restartChild(children, id, replyTo);
      case Op.DeleteChild(String id, var replyTo) -> deleteChild(children, id, replyTo);
      case Op.ListChildren(var replyTo) -> {
        replyTo.reply(children.inOrder().stream().map(Child::info).toList());
        yield Next.proceed(children);
      }
      case Op.CountChildren(var replyTo) -> {
        replyTo.reply(count(children));
        yield Next.proceed(children);
      }
      case Op.StartEnded(Child child, long turn, var result) ->
          startEnded(children, child, turn, result);
      case Op.TryAgain(Child child, long turn) ->
          child.turn() == turn && children.holds(child)
              ? restart(children, child)
              : Next.proceed(children);
      case Op.LookAtName(Child child, long turn) ->
          child.turn() == turn ? lookAtName(children, child) : Next.proceed(children);
      case Op.KillLate(Child child, long turn) -> {
        if (child.turn() == turn) {
          child.pid().ifPresent(pid -> self().exit(pid, ExitReason.killed()));
        }
        yield Next.proceed(children);
      }
    };
  }

  @Override
  public Next<Children> handleSignal(ServerSignal signal, Children children) {
    return switch (signal) {
      case ServerSignal.Exit(Pid from, ExitReason reason) -> childEnded(children, from, reason);
      case ServerSignal.Down(Ref ref, Pid pid, ExitReason reason) -> {
        Optional<Child> standing = children.standingBy(ref);
        yield standing.isPresent()
            ? holderEnded(children, standing.get(), reason)
            : childEnded(children, pid, reason);
      }
      case ServerSignal.Down _, ServerSignal.IdleTimeout _ -> Next.proceed(children);
      case ServerSignal.Stray _ -> Next.unhandled(children);
    };
  }

  @Override
  public void terminate(ExitReason reason, Children children) {
    if (config.dynamic()) {
      stopper(self()).stopTogether(children);
    } else {
      stopper(self()).stopInTurn(children);
    }
  }

  // Starting

  private Next<Children> startChild(
      Children children, ChildSpec spec, ReplyTo<ChildResult> replyTo) {
    String problem = config.problemWith(spec);
    Optional<Child> present = config.dynamic() ? Optional.empty() : children.byKey(spec.id());
    if (!problem.isEmpty()) {
      replyTo.reply(new ChildResult.BadSpec(problem));
    } else if (present.isPresent()) {
      replyTo.reply(
          present
              .flatMap(Child::pid)
              .<ChildResult>map(ChildResult.AlreadyStarted::new)
              .orElseGet(ChildResult.AlreadyPresent::new));
    } else if (children.size() >= config.childrenMax()) {
      replyTo.reply(new ChildResult.MaxChildren(config.childrenMax()));
    } else {
      var child = new Child(config.dynamic() ? "#" + ++keys : spec.id(), spec);
      children.add(child.key(), child);
      child.answerLater(replyTo);
      return start(children, child);
    }
    return Next.proceed(children);
  }

  private Next<Children> restartChild(Children children, String id, ReplyTo<ChildResult> replyTo) {
    Optional<Child> found = children.byKey(id);
    if (found.isPresent() && found.get().is(ChildInfo.Status.DOWN)) {
      found.get().answerLater(replyTo);
      return start(children, found.get());
    }
    replyTo.reply(found.map(SupervisorServer::refusal).orElseGet(ChildResult.NotFound::new));
    return Next.proceed(children);
  }

  private Next<Children> deleteChild(Children children, String id, ReplyTo<ChildResult> replyTo) {
    Optional<Child> found = children.byKey(id);
    if (found.isPresent() && found.get().is(ChildInfo.Status.DOWN)) {
      children.remove(found.get());
      replyTo.reply(new ChildResult.Done());
    } else {
      replyTo.reply(found.map(SupervisorServer::refusal).orElseGet(ChildResult.NotFound::new));
    }
    return Next.proceed(children);
  }

  private static ChildResult refusal(Child child) {
    return switch (child.status()) {
      case RUNNING, STARTING, STOPPING -> new ChildResult.Running();
      case RESTARTING, STANDING_BY -> new ChildResult.Restarting();
      case DOWN -> throw new IllegalStateException("invariant: a child that is down is no refusal");
    };
  }

  /** Starts a child, without waiting where children are independent. */
  private Next<Children> start(Children children, Child child) {
    PendingStart<?> pending = starter().begin(children, child);
    long turn = child.turn();
    if (config.strategy() != RestartStrategy.ONE_FOR_ONE) {
      return startEnded(children, child, turn, pending.await());
    }
    ProcessContext self = self();
    tell(pending, self, child, turn);
    return Next.proceed(children);
  }

  private static <H> void tell(
      PendingStart<H> pending, ProcessContext self, Child child, long turn) {
    pending.whenDone(
        result -> {
          var _ = self.send(self.pid(), new Op.StartEnded(child, turn, result));
        });
  }

  private Next<Children> startEnded(
      Children children, Child child, long turn, StartResult<?> result) {
    if (child.turn() != turn || !child.is(ChildInfo.Status.STARTING)) {
      return Next.proceed(children);
    }
    boolean again = child.failures() > 0 || child.wasRestarted();
    Optional<ExitReason> failure = Starter.failureOf(child, result);
    if (failure.isPresent() && again) {
      self()
          .system()
          .report(new SupervisorReport.ChildNotStarted(self().pid(), child.id(), failure.get()));
      pause(children, child);
      return Next.proceed(children);
    }
    starter().settle(children, child, result);
    if (failure.isPresent()) {
      children.remove(child);
    }
    child.answer(Starter.resultOf(child, result));
    Optional<ExitReason> ended = child.takeEarlyEnd();
    return child.is(ChildInfo.Status.RUNNING) && ended.isPresent()
        ? childEnded(children, child.pid().orElseThrow(), ended.get())
        : Next.proceed(children);
  }

  // Ending

  private Next<Children> terminate(
      Children children, Optional<Child> found, ReplyTo<ChildResult> replyTo) {
    if (found.isEmpty()) {
      replyTo.reply(new ChildResult.NotFound());
      return Next.proceed(children);
    }
    Child child = found.get();
    switch (child.status()) {
      case DOWN -> replyTo.reply(new ChildResult.Done());
      case RESTARTING, STANDING_BY -> {
        child.down();
        forgetIfUnwanted(children, child);
        replyTo.reply(new ChildResult.Done());
      }
      case STARTING -> {
        child.answer(new ChildResult.Failed(ExitReason.shutdown()));
        stop(children, child, replyTo, new Shutdown.Brutal());
      }
      case RUNNING -> stop(children, child, replyTo, child.policy().shutdown());
      case STOPPING -> child.answerLater(replyTo);
    }
    return Next.proceed(children);
  }

  private void stop(
      Children children, Child child, ReplyTo<ChildResult> replyTo, Shutdown shutdown) {
    Pid pid = child.pid().orElse(null);
    if (pid == null) {
      child.down();
      forgetIfUnwanted(children, child);
      replyTo.reply(new ChildResult.Done());
      return;
    }
    child.stopping(pid);
    child.answerLater(replyTo);
    switch (shutdown) {
      case Shutdown.Brutal() -> self().exit(pid, ExitReason.killed());
      case Shutdown.Unbounded() -> self().exit(pid, ExitReason.shutdown());
      case Shutdown.Within(Duration time) -> {
        var late = new Op.KillLate(child, child.turn());
        child.timed(self().sendAfter(time, self().pid(), late));
        self().exit(pid, ExitReason.shutdown());
      }
    }
  }

  private void forgetIfUnwanted(Children children, Child child) {
    if (config.dynamic() || child.policy().restart() == Restart.TEMPORARY) {
      children.remove(child);
    }
  }

  private Next<Children> childEnded(Children children, Pid pid, ExitReason reason) {
    Optional<Child> found = children.byPid(pid);
    if (found.isEmpty()) {
      return Next.proceed(children);
    }
    Child child = found.get();
    if (child.is(ChildInfo.Status.STARTING)) {
      child.endedEarly(reason);
      return Next.proceed(children);
    }
    children.processGone(pid);
    if (child.is(ChildInfo.Status.STOPPING)) {
      stopper(self()).reportIfBad(child, pid, reason);
      child.down();
      forgetIfUnwanted(children, child);
      child.answer(new ChildResult.Done());
      return Next.proceed(children);
    }
    return endedByItself(children, child, pid, reason);
  }

  private Next<Children> endedByItself(Children children, Child child, Pid pid, ExitReason reason) {
    RestartRule.Verdict verdict = RestartRule.verdict(child.policy(), reason);
    boolean restarts = verdict == RestartRule.Verdict.RESTART;
    if (restarts || !reason.isExpected()) {
      self()
          .system()
          .report(new SupervisorReport.ChildEnded(self().pid(), child.id(), pid, reason, restarts));
    }
    child.down();
    switch (verdict) {
      case RESTART -> {
        return restart(children, child);
      }
      case STANDS_BY -> {
        standby().begin(children, child, Standby.winner(reason));
        return Next.proceed(children);
      }
      case STAYS_DOWN -> {
        if (config.dynamic()) {
          children.remove(child);
        }
      }
      case FORGOTTEN -> children.remove(child);
    }
    return shutsDownWith(children, child)
        ? Next.stop(ExitReason.shutdown(), children)
        : Next.proceed(children);
  }

  private boolean shutsDownWith(Children children, Child ended) {
    // Most children are not significant, and then nobody need look through all the others.
    if (!ended.policy().significant()) {
      return false;
    }
    boolean significantLeft =
        children.inOrder().stream()
            .anyMatch(child -> child.policy().significant() && !child.is(ChildInfo.Status.DOWN));
    return config.autoShutdown().isDue(ended.policy(), significantLeft);
  }

  // Standing by

  private Next<Children> holderEnded(Children children, Child child, ExitReason reason) {
    // Out of reach is not dead: the name is looked at from time to time instead.
    return reason instanceof ExitReason.NoConnection
        ? Next.proceed(children)
        : takeName(children, child);
  }

  private Next<Children> lookAtName(Children children, Child child) {
    Optional<Pid> holder = child.spec().options().name().holder(self().system());
    if (holder.isEmpty()) {
      return takeName(children, child);
    }
    standby().begin(children, child, holder);
    return Next.proceed(children);
  }

  /** An attempt to start with a name that looks free; if it is taken after all nothing counts. */
  private Next<Children> takeName(Children children, Child child) {
    child.restarted();
    return start(children, child);
  }

  // Restarting

  private Next<Children> restart(Children children, Child child) {
    if (!children.mayRestart(self().system().ticker().nowNanos(), config.limit())) {
      self().system().report(new SupervisorReport.GaveUp(self().pid(), child.id(), config.limit()));
      children.remove(child);
      return Next.stop(new ExitReason.Shutdown("reached the restart limit"), children);
    }
    child.restarted();
    if (config.strategy() == RestartStrategy.ONE_FOR_ONE) {
      return start(children, child);
    }
    restartGroup(children, child, config.strategy().group(children.inOrder(), child));
    return Next.proceed(children);
  }

  private void restartGroup(Children children, Child failed, List<Child> group) {
    for (Child child : group.reversed()) {
      stopper(self()).stopAndForget(children, child);
      if (!child.equals(failed) && child.policy().restart() == Restart.TEMPORARY) {
        children.remove(child);
      }
    }
    for (Child child : group) {
      if (!children.holds(child)) {
        continue;
      }
      StartResult<?> result = starter().startNow(children, child);
      starter().settle(children, child, result);
      Optional<ExitReason> failure = Starter.failureOf(child, result);
      if (failure.isPresent()) {
        self()
            .system()
            .report(new SupervisorReport.ChildNotStarted(self().pid(), child.id(), failure.get()));
        pause(children, child);
        return;
      }
    }
  }

  /** Back to the mailbox before the next attempt, so that requests get in between. */
  private void pause(Children children, Child child) {
    child.pid().ifPresent(children::processGone);
    child.failedToRestart();
    child.restarting();
    children.restarts(child);
    Duration wait = config.limit().backoffAfter(child.failures());
    var again = new Op.TryAgain(child, child.turn());
    if (wait.isZero()) {
      self().send(self().pid(), again);
    } else {
      child.timed(self().sendAfter(wait, self().pid(), again));
    }
  }

  // Looking

  private ChildCounts count(Children children) {
    int active = 0;
    int supervisors = 0;
    for (Child child : children.inOrder()) {
      boolean runs = child.is(ChildInfo.Status.RUNNING) || child.is(ChildInfo.Status.STOPPING);
      active += runs && child.pid().filter(self().system()::isAlive).isPresent() ? 1 : 0;
      supervisors += child.policy().type() == ChildType.SUPERVISOR ? 1 : 0;
    }
    int specs = children.size();
    return new ChildCounts(specs, active, supervisors, specs - supervisors);
  }

  private Starter starter() {
    return new Starter(config, self());
  }

  private Standby standby() {
    return new Standby(self());
  }

  private Stopper stopper(ProcessContext self) {
    return new Stopper(self);
  }

  private ProcessContext self() {
    ProcessContext present = context;
    if (present == null) {
      throw new IllegalStateException("invariant: a supervisor that runs has a context");
    }
    return present;
  }
}
