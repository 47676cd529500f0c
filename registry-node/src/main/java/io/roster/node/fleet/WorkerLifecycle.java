package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.signal.ExitReason;
import io.roster.node.fleet.Hosted.Phase;
import io.roster.node.fleet.desired.DesiredWorker;
import io.roster.node.fleet.desired.DesiredWorker.Status;
import io.roster.node.fleet.desired.WishMessage;
import io.roster.node.fleet.handoff.Claim;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.node.fleet.handoff.HandOffOutcome;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the worker processes of this node, from their start to their end, and what the
 * table of wishes learns of it. Confined to the fleet's thread.
 */
final class WorkerLifecycle implements Moves.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLifecycle.class);

  private final FleetParts parts;
  private final NameClaims claims;
  private final Runnable wake;
  private final LocalWorkers workers;
  private final Moves moves;
  private long started;

  /**
   * @param wake has wishes and facts compared soon
   */
  WorkerLifecycle(FleetParts parts, Runnable wake) {
    this.parts = parts;
    this.claims = new NameClaims(parts.ports().names());
    this.wake = wake;
    this.workers =
        new LocalWorkers(
            parts.ports(),
            parts.loop(),
            parts.options().bounds().heldMax(),
            this::event,
            this::exited);
    this.moves =
        new Moves(
            parts.ports(), parts.options().handOff(), parts.links(), workers, parts.loop(), this);
  }

  LocalWorkers workers() {
    return workers;
  }

  Moves moves() {
    return moves;
  }

  /** How many workers have begun to act here without a state of another node. */
  long started() {
    return started;
  }

  // Starts

  /** Starts a worker that is to take its name, and to act once it has it. */
  void start(DesiredWorker wish) {
    WorkerType<?, ?, ?> type = parts.types().get(wish.workerType());
    if (type == null) {
      return;
    }
    try {
      Hosted worker = workers.spawn(wish.name(), type, wish.args(), Phase.STARTING);
      var _ =
          parts
              .ports()
              .names()
              .registerAsync(worker.name, worker.pid, Map.of())
              .thenAccept(outcome -> parts.post(() -> registered(worker, outcome)));
    } catch (Exception e) {
      cannotStart(wish.name(), String.valueOf(e));
    }
  }

  private void registered(Hosted worker, Registration outcome) {
    switch (outcome) {
      case Registration.Registered _ -> workers.tell(worker, new WorkerCommand.Begin());
      case Registration.AlreadyRegistered _ ->
          // Another node was quicker: two views differed for a moment, and the arbiter decided.
          workers.stop(worker, new ExitReason.Shutdown("runs elsewhere"));
      case Registration.NotAlive _, Registration.Refused _, Registration.Unknown _ -> {
        LOG.warn("worker {}: cannot take its name: {}", worker.name, outcome);
        parts.backOff().failed(worker.name, parts.now());
        workers.stop(worker, new ExitReason.Shutdown("no name"));
      }
    }
  }

  private void began(Hosted worker) {
    started++;
    worker.phase = Phase.RUNNING;
    settleFirstStart(worker.name, Status.STARTED, new WishMessage.Outcome.Started(worker.pid));
    wake.run();
  }

  private void ignored(Hosted worker) {
    worker.phase = Phase.STOPPING;
    parts
        .table()
        .find(worker.name)
        .filter(DesiredWorker::isWanted)
        .ifPresent(
            wish -> {
              parts.mark(wish, Status.STOPPED);
              tellWriter(wish, new WishMessage.Outcome.Ignored());
            });
  }

  private void cannotStart(ProcessName name, String reason) {
    LOG.warn("worker {}: cannot start: {}", name, reason);
    parts.backOff().failed(name, parts.now());
    settleFirstStart(name, Status.STOPPED, new WishMessage.Outcome.Failed(reason));
    wake.run();
  }

  /** A first start is told to who asked for it; a later one is nobody's business. */
  private void settleFirstStart(ProcessName name, Status status, WishMessage.Outcome outcome) {
    parts
        .table()
        .find(name)
        .filter(wish -> wish.status() == Status.WANTED)
        .ifPresent(
            wish -> {
              parts.mark(wish, status);
              tellWriter(wish, outcome);
            });
  }

  private void tellWriter(DesiredWorker wish, WishMessage.Outcome outcome) {
    if (wish.writer().equals(parts.selfName())) {
      parts.firstStarts().answer(wish.name(), outcome);
    } else {
      var _ = parts.links().send(wish.writer(), new WishMessage.FirstStart(wish.name(), outcome));
    }
  }

  // Names

  /** A worker without its name cannot be reached: it gets it back, or makes way for who has it. */
  void claimAgain(Hosted worker) {
    if (worker.isClaiming) {
      return;
    }
    worker.isClaiming = true;
    parts.backOff().failed(worker.name, parts.now());
    var _ =
        claims
            .takeBack(worker.name, worker.pid, worker.pid)
            .thenAccept(claim -> parts.post(() -> claimedAgain(worker, claim)));
  }

  private void claimedAgain(Hosted worker, Claim claim) {
    worker.isClaiming = false;
    if (claim instanceof Claim.Lost(Pid owner) && worker.phase == Phase.RUNNING) {
      worker.phase = Phase.STOPPING;
      workers.tell(worker, new WorkerCommand.GiveWay(owner));
    }
    wake.run();
  }

  /** Gives the state of a worker that lost its name to the winner, which absorbs it. */
  private void lost(Hosted worker, Pid winner, ByteString state) {
    if (winner.node().equals(parts.self())) {
      absorb(winner, state);
    } else if (!parts
        .links()
        .send(winner.nodeName(), new WishMessage.Absorb(worker.name, winner, state))) {
      LOG.warn("worker {}: its state could not be given to {}", worker.name, winner);
    }
  }

  /** Gives a winner of this node the state of who lost to it. */
  void absorb(Pid winner, ByteString state) {
    workers.find(winner).ifPresent(w -> workers.tell(w, new WorkerCommand.Absorb(state)));
  }

  // Events and ends

  private void event(Hosted worker, WorkerEvent event) {
    switch (event) {
      case WorkerEvent.Began _ -> began(worker);
      case WorkerEvent.Ignored _ -> ignored(worker);
      case WorkerEvent.CannotRun(String reason) when worker.phase == Phase.STARTING -> {
        worker.phase = Phase.STOPPING;
        cannotStart(worker.name, reason);
      }
      case WorkerEvent.Lost(Pid winner, ByteString state) -> lost(worker, winner, state);
      case WorkerEvent.CannotRun _,
          WorkerEvent.Loaded _,
          WorkerEvent.Sealed _,
          WorkerEvent.SealFailed _,
          WorkerEvent.Released _,
          WorkerEvent.Full _ ->
          moves.event(worker, event);
    }
  }

  private void exited(Hosted worker, ExitReason reason) {
    Phase phase = worker.phase;
    worker.phase = Phase.STOPPING;
    moves.exited(worker, reason);
    switch (phase) {
      case STARTING -> cannotStart(worker.name, reason.toString());
      case RUNNING -> ended(worker, reason);
      case LEAVING, ARRIVING, STOPPING -> {}
    }
    wake.run();
  }

  private void ended(Hosted worker, ExitReason reason) {
    boolean isForGood =
        switch (worker.type.restart()) {
          case PERMANENT -> false;
          case TRANSIENT -> reason instanceof ExitReason.Normal;
          case TEMPORARY -> !reason.isRelinquished();
        };
    if (isForGood) {
      parts
          .table()
          .find(worker.name)
          .filter(DesiredWorker::isWanted)
          .ifPresent(wish -> parts.mark(wish, Status.STOPPED));
    } else if (!reason.isRelinquished()) {
      parts.backOff().failed(worker.name, parts.now());
    }
  }

  // Moves

  @Override
  public Hosted standby(HandOffMessage.Prepare request) throws Exception {
    WorkerType<?, ?, ?> type = parts.types().get(request.workerType());
    if (type == null || !type.isMovable()) {
      throw new IllegalStateException("no movable type " + request.workerType() + " here");
    }
    if (parts.view().isLeaving()) {
      throw new IllegalStateException("node " + parts.selfName() + " is leaving");
    }
    if (workers.find(request.name()).isPresent()) {
      throw new IllegalStateException("node " + parts.selfName() + " has such a worker already");
    }
    return workers.spawn(request.name(), type, request.args(), Phase.ARRIVING);
  }

  @Override
  public void left(Hosted worker, HandOffOutcome outcome) {
    switch (outcome) {
      case HandOffOutcome.Moved _ -> parts.backOff().succeeded(worker.name);
      case HandOffOutcome.Stayed _ -> {
        parts.backOff().failed(worker.name, parts.now());
        if (worker.phase == Phase.LEAVING) {
          worker.phase = Phase.RUNNING;
        }
      }
      case HandOffOutcome.Gone _ -> parts.backOff().failed(worker.name, parts.now());
      case HandOffOutcome.Arrived _, HandOffOutcome.Discarded _ ->
          throw new IllegalStateException("invariant: not an outcome of a source: " + outcome);
    }
    wake.run();
  }

  @Override
  public void arrived(Hosted worker) {
    worker.phase = Phase.RUNNING;
    parts.backOff().succeeded(worker.name);
    wake.run();
  }
}
