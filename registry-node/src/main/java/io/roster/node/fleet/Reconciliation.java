package io.roster.node.fleet;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.Restart;
import io.roster.node.fleet.Hosted.Phase;
import io.roster.node.fleet.desired.DesiredWorker;
import io.roster.node.fleet.desired.DesiredWorker.Status;
import io.roster.node.fleet.desired.Reconciler;
import io.roster.node.fleet.desired.Reconciler.Action;
import io.roster.node.fleet.desired.Situation;
import java.time.Duration;
import java.util.Optional;

/**
 * Compares what is wished for with what runs here, and has the difference acted on: soon after
 * something happened, and at intervals for what nobody said. Confined to the fleet's thread.
 */
final class Reconciliation {

  private static final Duration WAKE = Duration.ofMillis(5);

  private final FleetParts parts;
  private final WorkerLifecycle lifecycle;
  private final LocalWorkers workers;
  private final Moves moves;
  private final Drain drain;
  private boolean isAwake;
  private boolean wasSettled;
  private boolean wasMovable;
  private long doneNanos;

  Reconciliation(FleetParts parts) {
    this.parts = parts;
    this.lifecycle = new WorkerLifecycle(parts, this::wake);
    this.workers = lifecycle.workers();
    this.moves = lifecycle.moves();
    this.drain = new Drain(parts, workers, moves, this::wake);
  }

  WorkerLifecycle lifecycle() {
    return lifecycle;
  }

  Drain drain() {
    return drain;
  }

  /** Compares soon; whatever else happens until then is seen by the same comparison. */
  void wake() {
    if (!isAwake) {
      isAwake = true;
      parts.after(WAKE, this::reconcile);
    }
  }

  void tick(long now) {
    boolean isSettled = parts.view().maySettle(now);
    boolean isMovable = parts.view().mayMove(now);
    boolean isNews = isSettled != wasSettled || isMovable != wasMovable;
    wasSettled = isSettled;
    wasMovable = isMovable;
    if (isNews || now - doneNanos >= parts.options().pace().reconcileEvery().toNanos()) {
      reconcile();
    }
  }

  private void reconcile() {
    isAwake = false;
    long now = parts.now();
    doneNanos = now;
    answerStarted();
    boolean maySettle = parts.view().maySettle(now);
    boolean mayMove = parts.view().mayMove(now);
    for (DesiredWorker wish : parts.table().all()) {
      Optional<Hosted> local = workers.find(wish.name());
      if (wish.isWanted() || local.isPresent()) {
        act(wish, local, Reconciler.decide(wish, situation(wish, local, maySettle, mayMove, now)));
      }
    }
  }

  /** The message that tells of a first start may be lost; the table and the names are not. */
  private void answerStarted() {
    for (ProcessName name : parts.firstStarts().names()) {
      parts
          .table()
          .find(name)
          .filter(wish -> wish.status() == Status.STARTED)
          .flatMap(_ -> parts.ports().names().whereis(name))
          .ifPresent(pid -> parts.firstStarts().answer(name, new WorkerStart.Started(pid)));
    }
  }

  private Situation situation(
      DesiredWorker wish, Optional<Hosted> local, boolean maySettle, boolean mayMove, long now) {
    WorkerType<?, ?, ?> type = parts.types().get(wish.workerType());
    return new Situation(
        parts.selfName(),
        parts.view().place(wish.workerType(), wish.name()),
        parts.ports().names().whereis(wish.name()).map(Pid::nodeName),
        local
            .map(
                hosted ->
                    hosted.phase == Phase.RUNNING ? Situation.Local.RUNNING : Situation.Local.BUSY)
            .orElse(Situation.Local.NONE),
        type != null && type.restart() == Restart.TEMPORARY,
        parts.view().isLeaving(),
        maySettle,
        mayMove,
        parts.backOff().isDue(wish.name(), now));
  }

  private void act(DesiredWorker wish, Optional<Hosted> local, Action action) {
    switch (action) {
      case Action.Nothing() -> {}
      case Action.Start() -> lifecycle.start(wish);
      case Action.Stop() ->
          local.ifPresent(w -> workers.stop(w, new ExitReason.Shutdown("no longer wanted")));
      case Action.Move(NodeName to) -> local.ifPresent(worker -> move(worker, to));
      case Action.Claim() -> local.ifPresent(lifecycle::claimAgain);
      case Action.Forget() -> parts.mark(wish, Status.STOPPED);
    }
  }

  private void move(Hosted worker, NodeName to) {
    boolean isLeaving = parts.view().isLeaving();
    if (!worker.type.isMovable()) {
      if (isLeaving) {
        drain.end(worker);
      }
      return;
    }
    var bounds = parts.options().bounds();
    if (moves.leavingCount() < (isLeaving ? bounds.drainMovesMax() : bounds.movesMax())) {
      parts.view().start(to).ifPresent(target -> moves.begin(worker, target));
    }
  }
}
