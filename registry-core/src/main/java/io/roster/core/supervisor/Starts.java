package io.roster.core.supervisor;

import io.roster.core.process.ProcessContext;
import io.roster.core.process.StartResult;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.ExitReason;
import java.util.Optional;

/** Starts children as somebody asks, or as their name is free. Confined to its supervisor. */
record Starts(
    SupervisorConfig config,
    ProcessContext self,
    Children children,
    Starter starter,
    Restarts restarts,
    Ends ends) {

  /*
   * Each method that starts a child tells how the supervisor ends, if it does: a child that is waited for
   * may have ended by the time that its start is known.
   */

  Optional<ExitReason> startChild(ChildSpec spec, ReplyTo<ChildResult> replyTo) {
    Optional<ChildResult> refusal =
        Refusal.toStart(config, spec, children.byId(spec.id()), children.size());
    if (refusal.isPresent()) {
      replyTo.reply(refusal.get());
      return Optional.empty();
    }
    var child = new Child(spec);
    children.add(child);
    child.answerLater(replyTo);
    return start(child);
  }

  Optional<ExitReason> restartChild(String id, ReplyTo<ChildResult> replyTo) {
    Optional<Child> found = children.byId(id);
    Optional<ChildResult> refusal = Refusal.unlessDown(found.map(Child::status));
    if (refusal.isPresent()) {
      replyTo.reply(refusal.get());
      return Optional.empty();
    }
    Child child = found.orElseThrow();
    child.answerLater(replyTo);
    return start(child);
  }

  void deleteChild(String id, ReplyTo<ChildResult> replyTo) {
    Optional<Child> found = children.byId(id);
    Optional<ChildResult> refusal = Refusal.unlessDown(found.map(Child::status));
    if (refusal.isEmpty()) {
      children.remove(found.orElseThrow());
    }
    replyTo.reply(refusal.orElseGet(ChildResult.Done::new));
  }

  /** Looks whether a child can have the name that it waits for. */
  Optional<ExitReason> lookAtName(Child child) {
    var holder = child.spec().options().name().holder(self.system());
    if (holder.isEmpty()) {
      return takeName(child);
    }
    new Standby(self, children).begin(child, holder);
    return Optional.empty();
  }

  /** The process has ended that had the name of a child that stands by. */
  Optional<ExitReason> holderEnded(Child child, ExitReason reason) {
    // Out of reach is not dead: the name is looked at from time to time instead.
    return reason instanceof ExitReason.NoConnection ? Optional.empty() : takeName(child);
  }

  /** An attempt to start with a name that looks free; if it is taken after all nothing counts. */
  private Optional<ExitReason> takeName(Child child) {
    child.restarted();
    return start(child);
  }

  private Optional<ExitReason> start(Child child) {
    if (config.independent()) {
      starter.beginAlone(child);
      return Optional.empty();
    }
    StartResult<?> result = starter.startNow(child);
    return ended(child, child.turn(), result);
  }

  /** A start has ended that was waited for, or that the child could not tell of itself. */
  Optional<ExitReason> ended(Child child, long turn, StartResult<?> result) {
    if (child.is(ChildInfo.Status.STARTING) && child.turn() == turn) {
      Optional<ExitReason> failure = Starter.failureOf(child, result);
      boolean again = child.failures() > 0 || child.wasRestarted();
      if (failure.isPresent() && again) {
        restarts.failed(child, failure.get());
        return Optional.empty();
      }
      boolean isNew = child.isNew();
      starter.settle(child, result);
      if (failure.isPresent() && isNew) {
        children.remove(child);
      }
      child.answer(Starter.resultOf(child, result));
    }
    return endedEarly(child);
  }

  /** A child may have ended before the supervisor knew that it had started. */
  private Optional<ExitReason> endedEarly(Child child) {
    if (!child.is(ChildInfo.Status.RUNNING)) {
      return Optional.empty();
    }
    Optional<ExitReason> reason = child.takeEarlyEnd();
    return reason.isPresent()
        ? ends.ended(child.pid().orElseThrow(), reason.get())
        : Optional.empty();
  }
}
