package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.StartResult;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ServerSignal;
import io.roster.core.signal.ExitReason;
import java.util.List;
import java.util.Optional;

/**
 * Supervises. Confined to its process.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html">supervisor</a>
 */
final class SupervisorServer implements GenServer<Supervision, Op> {

  /*
   * Where children are independent (one_for_one, dynamic) nothing here waits: a child that starts or stops
   * slowly holds up its own requests alone. A start is begun. If it succeeds the child answers whoever
   * asked, and the supervisor sees it when it next looks for the child (Children); if it does not it ends
   * as a message. A turn number tells the message of the present start from one of a start that was given
   * up. A stop is over at once, by the signal, or ends as a message.
   *
   * Where children depend on each other (one_for_all, rest_for_one) a restart stops and starts them one by
   * one and waits, as OTP does, for nothing else may happen in between. Between failed attempts the
   * supervisor is back at its mailbox in either case.
   *
   * A child's end is told twice, by its link and by a watch. The link comes first and knows the true reason
   * even of a child that dies in its first moment; the watch is for a child that has unlinked itself. The
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

  SupervisorServer(SupervisorConfig config, List<ChildSpec> specs) {
    this.config = config;
    this.specs = specs;
  }

  @Override
  public Init<Supervision> init(ProcessContext self) {
    self.trapExits(true);
    Supervision all = Supervision.of(config, self);
    for (ChildSpec spec : specs) {
      var child = new Child(spec);
      all.children().add(child);
      StartResult<?> result = all.starter().startNow(child);
      all.starter().settle(child, result);
      Optional<ExitReason> failure = Starter.failureOf(child, result);
      if (failure.isPresent()) {
        all.stopper().stopInTurn();
        return Init.stop(failedToStart(spec, failure.get()));
      }
    }
    return Init.ok(all);
  }

  private static ExitReason failedToStart(ChildSpec spec, ExitReason reason) {
    return new ExitReason.Shutdown("failed to start child " + spec.id() + ": " + reason);
  }

  @Override
  public Next<Supervision> handle(Op op, Supervision all) {
    Optional<ExitReason> end = Optional.empty();
    switch (op) {
      case Op.StartChild(ChildSpec spec, var replyTo) ->
          end = all.starts().startChild(spec, replyTo);
      case Op.TerminateChild(String id, var replyTo) ->
          all.ends().terminate(all.children().byId(id), replyTo);
      case Op.TerminateProcess(Pid pid, var replyTo) ->
          all.ends().terminate(all.children().byLastPid(pid), replyTo);
      case Op.RestartChild(String id, var replyTo) -> end = all.starts().restartChild(id, replyTo);
      case Op.DeleteChild(String id, var replyTo) -> all.starts().deleteChild(id, replyTo);
      case Op.ListChildren(var replyTo) ->
          replyTo.reply(all.children().inOrder().stream().map(Child::info).toList());
      case Op.CountChildren(var replyTo) -> replyTo.reply(all.children().counts(all.system()));
      case Op.FindPartitions(var replyTo) -> replyTo.reply(Partitions.of(specs));
      case Op.StartEnded(Child child, long turn, var result) ->
          end = all.starts().ended(child, turn, result);
      case Op.TryAgain(Child child, long turn) -> {
        if (child.turn() == turn && all.children().holds(child)) {
          end = all.restarts().restart(child);
        }
      }
      case Op.LookAtName(Child child, long turn) -> {
        if (child.turn() == turn) {
          end = all.starts().lookAtName(child);
        }
      }
      case Op.KillLate(Child child, long turn) -> {
        if (child.turn() == turn) {
          all.ends().killLate(child);
        }
      }
    }
    return next(end, all);
  }

  @Override
  public Next<Supervision> handleSignal(ServerSignal signal, Supervision all) {
    return switch (signal) {
      case ServerSignal.Exit(Pid from, ExitReason reason) ->
          next(all.ends().ended(from, reason), all);
      case ServerSignal.Down(Ref ref, Pid _, ExitReason reason) ->
          next(
              all.children()
                  .standingBy(ref)
                  .flatMap(child -> all.starts().holderEnded(child, reason)),
              all);
      case ServerSignal.Down _, ServerSignal.IdleTimeout _ -> Next.proceed(all);
      case ServerSignal.Stray _ -> Next.unhandled(all);
    };
  }

  private static Next<Supervision> next(Optional<ExitReason> end, Supervision all) {
    return end.isPresent() ? Next.stop(end.get(), all) : Next.proceed(all);
  }

  @Override
  public void terminate(ExitReason reason, Supervision all) {
    if (config.dynamic()) {
      all.stopper().stopTogether();
    } else {
      all.stopper().stopInTurn();
    }
  }
}
