package io.roster.node.fleet.handoff;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.node.fleet.handoff.SourceEffect.Finish;
import io.roster.node.fleet.handoff.SourceEffect.Reclaim;
import io.roster.node.fleet.handoff.SourceEffect.Release;
import io.roster.node.fleet.handoff.SourceEffect.Resume;
import io.roster.node.fleet.handoff.SourceEffect.Seal;
import io.roster.node.fleet.handoff.SourceEffect.Send;
import io.roster.node.fleet.handoff.SourceEffect.Transfer;
import io.roster.node.fleet.handoff.SourceInput.Cancelled;
import io.roster.node.fleet.handoff.SourceInput.Received;
import io.roster.node.fleet.handoff.SourceInput.Reclaimed;
import io.roster.node.fleet.handoff.SourceInput.Released;
import io.roster.node.fleet.handoff.SourceInput.SealFailed;
import io.roster.node.fleet.handoff.SourceInput.TargetDown;
import io.roster.node.fleet.handoff.SourceInput.Tick;
import io.roster.node.fleet.handoff.SourceInput.Transferred;
import io.roster.node.fleet.handoff.SourceInput.WorkerExited;
import io.roster.node.fleet.handoff.SourceInput.WorkerSealed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The side of a move that gives the worker away. Immutable; the same state, input and time always
 * give the same step.
 *
 * @param id the move
 * @param worker what moves
 * @param target where to
 * @param limits deadlines and sizes
 * @param phase how far it is
 * @param sinceNanos when the phase began
 * @param askedNanos when the phase's question was last asked
 */
public record SourceHandOff(
    MoveId id,
    Worker worker,
    NodeId target,
    HandOffLimits limits,
    Phase phase,
    long sinceNanos,
    long askedNanos) {

  /*
   *  source                                    target
   *    Prepare ------------------------------->   starts a standby without the name
   *    <-------------------------- Prepared
   *    seals the worker: what is in its mailbox is handled, what comes later is held back
   *    Chunk … ------------------------------->   loads the state into the standby
   *    <----------------------------- Ready
   *    name: compare-and-set owner → standby      (the commit)
   *    Commit -------------------------------->   the standby acts, holding direct messages back
   *    <----------------------------- Taken
   *    waits `quiet`, releases the worker
   *    Backlog … BacklogEnd ------------------>   handles the backlog, then what it held back
   *    <---------------------------- Opened
   *    the old process passes latecomers on, then ends as Moved(new pid)
   *
   * Invariant: until the compare-and-set is asked for, the source can resume at any moment and has
   * lost nothing. From then on it neither resumes nor releases before it knows who has the name.
   * Invariant: the sealed worker keeps its state and its backlog until Taken. So a target that dies
   * at any moment before leaves a source that takes the name back and goes on; one that dies later
   * is a node that died with a worker of its own.
   * Invariant: after the commit the source gives up only to a target that says so (Refused: its
   * standby is gone) or whose node is down, since a silent one may be acting as owner already.
   */

  /**
   * What moves.
   *
   * @param name its name
   * @param pid its process
   * @param workerType alias of its type
   * @param args its arguments, encoded
   */
  public record Worker(ProcessName name, Pid pid, String workerType, ByteString args) {}

  /** How far a move is at its source. */
  public sealed interface Phase {

    /** Waits for the standby. */
    record Preparing() implements Phase {}

    /**
     * Waits for the worker's state.
     *
     * @param standby the target's process
     */
    record Sealing(Pid standby) implements Phase {}

    /**
     * Waits for the target to have the state.
     *
     * @param standby the target's process
     * @param state the worker's state
     */
    record Transferring(Pid standby, ByteString state) implements Phase {}

    /**
     * Waits for the arbiter of names.
     *
     * @param standby the target's process
     * @param isTargetDown whether the target died meanwhile
     * @param inDoubt whether a try ended without an answer
     */
    record Committing(Pid standby, boolean isTargetDown, boolean inDoubt) implements Phase {}

    /**
     * The name has moved; waits for the target to act.
     *
     * @param standby the new owner
     */
    record Committed(Pid standby) implements Phase {}

    /**
     * The target is gone after the commit; takes the name back.
     *
     * @param standby who had it
     * @param reason why, for people
     */
    record Reclaiming(Pid standby, String reason) implements Phase {}

    /**
     * The target acts; what other nodes sent to the old pid is still collected.
     *
     * @param to the new owner
     * @param isAsked whether the worker was asked for its backlog
     */
    record Quieting(Pid to, boolean isAsked) implements Phase {}

    /**
     * Waits for the target to have the backlog.
     *
     * @param to the new owner
     * @param backlog what was held back
     */
    record Forwarding(Pid to, List<ByteString> backlog) implements Phase {}

    /**
     * Nothing is left to do.
     *
     * @param outcome how it ended
     */
    record Finished(HandOffOutcome outcome) implements Phase {}
  }

  /**
   * What follows from an input.
   *
   * @param next the state after it
   * @param effects what to do, in order
   */
  public record Step(SourceHandOff next, List<SourceEffect> effects) {}

  /** Begins a move. */
  public static Step begin(
      MoveId id, Worker worker, NodeId target, HandOffLimits limits, long nowNanos) {
    var start =
        new SourceHandOff(id, worker, target, limits, new Phase.Preparing(), nowNanos, nowNanos);
    return start.stay(start.prepare());
  }

  /** Whether the move is over. */
  public boolean isFinished() {
    return phase instanceof Phase.Finished;
  }

  /** Whether the name is, or may be, the target's by now. */
  public boolean isPastCommit() {
    return switch (phase) {
      case Phase.Preparing _, Phase.Sealing _, Phase.Transferring _ -> false;
      case Phase.Committing _,
          Phase.Committed _,
          Phase.Reclaiming _,
          Phase.Quieting _,
          Phase.Forwarding _ ->
          true;
      case Phase.Finished(HandOffOutcome outcome) -> outcome instanceof HandOffOutcome.Moved;
    };
  }

  /** The step that {@code input} asks for at {@code nowNanos}. */
  public Step step(SourceInput input, long nowNanos) {
    return switch (phase) {
      case Phase.Preparing _ -> preparing(input, nowNanos);
      case Phase.Sealing sealing -> sealing(sealing, input, nowNanos);
      case Phase.Transferring transferring -> transferring(transferring, input, nowNanos);
      case Phase.Committing committing -> committing(committing, input, nowNanos);
      case Phase.Committed committed -> committed(committed, input, nowNanos);
      case Phase.Reclaiming reclaiming -> reclaiming(reclaiming, input, nowNanos);
      case Phase.Quieting quieting -> quieting(quieting, input, nowNanos);
      case Phase.Forwarding forwarding -> forwarding(forwarding, input, nowNanos);
      case Phase.Finished _ -> stay();
    };
  }

  private Step preparing(SourceInput input, long nowNanos) {
    return switch (input) {
      case Received(HandOffMessage.Prepared(_, Pid standby)) ->
          enter(new Phase.Sealing(standby), nowNanos, new Seal());
      case Received(HandOffMessage.Refused(_, String reason)) ->
          finish(new HandOffOutcome.Stayed(reason), nowNanos);
      case WorkerExited(String reason) -> gone(reason, nowNanos);
      case TargetDown _ -> finish(new HandOffOutcome.Stayed("target is down"), nowNanos);
      case Cancelled(String reason) -> callOff(reason, nowNanos);
      case Tick _ -> tickOrCallOff(nowNanos, prepare());
      case Received _, WorkerSealed _, SealFailed _, Transferred _, Reclaimed _, Released _ ->
          stay();
    };
  }

  private Step sealing(Phase.Sealing now, SourceInput input, long nowNanos) {
    return switch (input) {
      case WorkerSealed(ByteString state) when state.size() > limits.stateBytesMax() ->
          resume(
              "state of %d bytes is larger than %d".formatted(state.size(), limits.stateBytesMax()),
              nowNanos);
      case WorkerSealed(ByteString state) -> {
        var next = new Phase.Transferring(now.standby(), state);
        yield enter(next, nowNanos, chunks(state));
      }
      case SealFailed(String reason) -> callOff(reason, nowNanos);
      case Received(HandOffMessage.Refused(_, String reason)) -> resume(reason, nowNanos);
      case WorkerExited(String reason) -> gone(reason, nowNanos);
      case TargetDown _ -> resume("target is down", nowNanos);
      case Cancelled(String reason) -> resume(reason, nowNanos);
      case Tick _ -> isOverdue(nowNanos) ? resume(overdue(), nowNanos) : stay();
      case Received _, Transferred _, Reclaimed _, Released _ -> stay();
    };
  }

  private Step transferring(Phase.Transferring now, SourceInput input, long nowNanos) {
    return switch (input) {
      case Received(HandOffMessage.Ready _) ->
          enter(
              new Phase.Committing(now.standby(), false, false),
              nowNanos,
              new Transfer(now.standby()));
      case Received(HandOffMessage.Refused(_, String reason)) -> resume(reason, nowNanos);
      case WorkerExited(String reason) -> gone(reason, nowNanos);
      case TargetDown _ -> resume("target is down", nowNanos);
      case Cancelled(String reason) -> resume(reason, nowNanos);
      case Tick _ when isOverdue(nowNanos) -> resume(overdue(), nowNanos);
      case Tick _ -> isRetryDue(nowNanos) ? ask(nowNanos, chunks(now.state())) : stay();
      case Received _, WorkerSealed _, SealFailed _, Transferred _, Reclaimed _, Released _ ->
          stay();
    };
  }

  private Step committing(Phase.Committing now, SourceInput input, long nowNanos) {
    return switch (input) {
      case Transferred(Claim claim) -> transferred(now, claim, nowNanos);
      case TargetDown _ -> with(new Phase.Committing(now.standby(), true, now.inDoubt())).stay();
      case Received(HandOffMessage.Refused _) ->
          // Its standby is gone, but the compare-and-set may be on its way: learn that first.
          with(new Phase.Committing(now.standby(), true, now.inDoubt())).stay();
      case Tick _ ->
          // Asked again once an answer without a verdict has come, or a whole step has passed.
          (now.inDoubt() || isOverdue(nowNanos)) && isRetryDue(nowNanos)
              ? ask(nowNanos, List.of(new Transfer(now.standby())))
              : stay();
      case Received _,
          WorkerSealed _,
          SealFailed _,
          WorkerExited _,
          Reclaimed _,
          Released _,
          Cancelled _ ->
          stay();
    };
  }

  private Step transferred(Phase.Committing now, Claim claim, long nowNanos) {
    return switch (claim) {
      case Claim.Won _ when now.isTargetDown() ->
          reclaim(now.standby(), "target is down", nowNanos);
      case Claim.Won _ ->
          enter(new Phase.Committed(now.standby()), nowNanos, commit(now.standby()));
      // A refusal is an answer: the name has not moved and this claim will not move it. After an
      // attempt in doubt the name is taken for certain first, which fences that attempt off.
      case Claim.Lost _ when now.inDoubt() ->
          reclaim(now.standby(), "name could not be given away", nowNanos);
      case Claim.Lost(Pid owner) when owner.equals(worker.pid()) ->
          resume("name could not be given away", nowNanos);
      case Claim.Lost(Pid owner) -> giveWay(owner, nowNanos);
      case Claim.Vacant _ -> reclaim(now.standby(), "name was vacant", nowNanos);
      case Claim.Unknown _ when now.isTargetDown() ->
          reclaim(now.standby(), "target is down", nowNanos);
      case Claim.Unknown _ when isOverdue(nowNanos) -> reclaim(now.standby(), overdue(), nowNanos);
      case Claim.Unknown _ ->
          with(new Phase.Committing(now.standby(), false, true)).askLater(nowNanos);
    };
  }

  private Step committed(Phase.Committed now, SourceInput input, long nowNanos) {
    return switch (input) {
      case Received(HandOffMessage.Taken _) ->
          limits.quiet().isZero()
              ? enter(new Phase.Quieting(now.standby(), true), nowNanos, release(now.standby()))
              : enter(new Phase.Quieting(now.standby(), false), nowNanos, List.of());
      case Received(HandOffMessage.Refused(_, String reason)) ->
          reclaim(now.standby(), reason, nowNanos);
      case TargetDown _ -> reclaim(now.standby(), "target is down", nowNanos);
      case Tick _ -> isRetryDue(nowNanos) ? ask(nowNanos, List.of(commit(now.standby()))) : stay();
      case Received _,
          WorkerSealed _,
          SealFailed _,
          WorkerExited _,
          Transferred _,
          Reclaimed _,
          Released _,
          Cancelled _ ->
          stay();
    };
  }

  private Step reclaiming(Phase.Reclaiming now, SourceInput input, long nowNanos) {
    return switch (input) {
      case Reclaimed(Claim claim) ->
          switch (claim) {
            case Claim.Won _ -> resume(now.reason(), nowNanos);
            case Claim.Lost(Pid owner) when !owner.equals(now.standby()) ->
                giveWay(owner, nowNanos);
            case Claim.Lost _, Claim.Vacant _, Claim.Unknown _ -> askLater(nowNanos);
          };
      case Tick _ ->
          isRetryDue(nowNanos) ? ask(nowNanos, List.of(new Reclaim(now.standby()))) : stay();
      case WorkerExited(String reason) -> gone(reason, nowNanos);
      case Received _,
          WorkerSealed _,
          SealFailed _,
          Transferred _,
          Released _,
          TargetDown _,
          Cancelled _ ->
          stay();
    };
  }

  private Step quieting(Phase.Quieting now, SourceInput input, long nowNanos) {
    return switch (input) {
      case Tick _ when !now.isAsked() && isPast(limits.quiet(), nowNanos) ->
          with(new Phase.Quieting(now.to(), true)).stay(List.of(release(now.to())));
      case Released(List<ByteString> backlog) ->
          enter(new Phase.Forwarding(now.to(), List.copyOf(backlog)), nowNanos, backlog(backlog));
      case WorkerExited _ ->
          enter(new Phase.Forwarding(now.to(), List.of()), nowNanos, backlog(List.of()));
      // The target acts on nothing before it has the backlog, so what is here is all there is.
      case TargetDown _ when !now.isAsked() -> reclaim(now.to(), "target is down", nowNanos);
      case Tick _,
          TargetDown _,
          Received _,
          WorkerSealed _,
          SealFailed _,
          Transferred _,
          Reclaimed _,
          Cancelled _ ->
          stay();
    };
  }

  private Step forwarding(Phase.Forwarding now, SourceInput input, long nowNanos) {
    return switch (input) {
      case Received(HandOffMessage.Opened _) ->
          finish(new HandOffOutcome.Moved(now.to()), nowNanos);
      case TargetDown _ -> finish(new HandOffOutcome.Moved(now.to()), nowNanos);
      case Tick _ when isOverdue(nowNanos) -> finish(new HandOffOutcome.Moved(now.to()), nowNanos);
      case Tick _ -> isRetryDue(nowNanos) ? ask(nowNanos, backlog(now.backlog())) : stay();
      case Received _,
          WorkerSealed _,
          SealFailed _,
          WorkerExited _,
          Transferred _,
          Reclaimed _,
          Released _,
          Cancelled _ ->
          stay();
    };
  }

  private Step tickOrCallOff(long nowNanos, List<SourceEffect> question) {
    if (isOverdue(nowNanos)) {
      return callOff(overdue(), nowNanos);
    }
    return isRetryDue(nowNanos) ? ask(nowNanos, question) : stay();
  }

  private Step callOff(String reason, long nowNanos) {
    return finish(new HandOffOutcome.Stayed(reason), nowNanos, abort(reason));
  }

  private Step resume(String reason, long nowNanos) {
    return finish(new HandOffOutcome.Stayed(reason), nowNanos, abort(reason), new Resume());
  }

  private Step gone(String reason, long nowNanos) {
    return finish(new HandOffOutcome.Gone(reason), nowNanos, abort(reason));
  }

  private Step giveWay(Pid winner, long nowNanos) {
    String reason = "name is with " + winner;
    return finish(
        new HandOffOutcome.Gone(reason), nowNanos, abort(reason), new SourceEffect.GiveWay(winner));
  }

  private Step reclaim(Pid standby, String reason, long nowNanos) {
    return enter(new Phase.Reclaiming(standby, reason), nowNanos, new Reclaim(standby));
  }

  private List<SourceEffect> prepare() {
    return List.of(
        new Send(
            new HandOffMessage.Prepare(
                id, worker.name(), worker.workerType(), worker.args(), worker.pid())));
  }

  private List<SourceEffect> chunks(ByteString state) {
    var effects = new ArrayList<SourceEffect>();
    StateChunks.cut(id, state, limits.chunkBytes()).forEach(chunk -> effects.add(new Send(chunk)));
    return effects;
  }

  private List<SourceEffect> backlog(List<ByteString> bodies) {
    var effects = new ArrayList<SourceEffect>();
    var batch = new ArrayList<ByteString>();
    int batches = 0;
    long bytes = 0;
    for (ByteString body : bodies) {
      if (!batch.isEmpty() && bytes + body.size() > limits.chunkBytes()) {
        effects.add(new Send(new HandOffMessage.Backlog(id, batches++, List.copyOf(batch))));
        batch.clear();
        bytes = 0;
      }
      batch.add(body);
      bytes += body.size();
    }
    if (!batch.isEmpty()) {
      effects.add(new Send(new HandOffMessage.Backlog(id, batches++, List.copyOf(batch))));
    }
    effects.add(new Send(new HandOffMessage.BacklogEnd(id, batches)));
    return effects;
  }

  private SourceEffect commit(Pid standby) {
    return new Send(new HandOffMessage.Commit(id, standby));
  }

  private SourceEffect abort(String reason) {
    return new Send(new HandOffMessage.Abort(id, reason));
  }

  private static SourceEffect release(Pid to) {
    return new Release(to);
  }

  private String overdue() {
    return "no answer within " + limits.step() + " while " + phase.getClass().getSimpleName();
  }

  private boolean isOverdue(long nowNanos) {
    return isPast(limits.step(), nowNanos);
  }

  private boolean isPast(Duration duration, long nowNanos) {
    return nowNanos - sinceNanos >= duration.toNanos();
  }

  private boolean isRetryDue(long nowNanos) {
    return nowNanos - askedNanos >= limits.retry().toNanos();
  }

  private Step finish(HandOffOutcome outcome, long nowNanos, SourceEffect... effects) {
    var all = new ArrayList<>(List.of(effects));
    all.add(new Finish(outcome));
    return enter(new Phase.Finished(outcome), nowNanos, all);
  }

  private Step enter(Phase next, long nowNanos, SourceEffect effect) {
    return enter(next, nowNanos, List.of(effect));
  }

  private Step enter(Phase next, long nowNanos, List<SourceEffect> effects) {
    var entered = new SourceHandOff(id, worker, target, limits, next, nowNanos, nowNanos);
    return new Step(entered, List.copyOf(effects));
  }

  private Step ask(long nowNanos, List<SourceEffect> effects) {
    return askedAt(nowNanos).stay(effects);
  }

  private Step askLater(long nowNanos) {
    return askedAt(nowNanos).stay();
  }

  private SourceHandOff askedAt(long nowNanos) {
    return new SourceHandOff(id, worker, target, limits, phase, sinceNanos, nowNanos);
  }

  private SourceHandOff with(Phase changed) {
    return new SourceHandOff(id, worker, target, limits, changed, sinceNanos, askedNanos);
  }

  private Step stay() {
    return stay(List.of());
  }

  private Step stay(List<SourceEffect> effects) {
    return new Step(this, List.copyOf(effects));
  }
}
