package io.roster.node.fleet.handoff;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import io.roster.node.fleet.handoff.HandOffMessage.Abort;
import io.roster.node.fleet.handoff.HandOffMessage.Backlog;
import io.roster.node.fleet.handoff.HandOffMessage.BacklogEnd;
import io.roster.node.fleet.handoff.HandOffMessage.Chunk;
import io.roster.node.fleet.handoff.HandOffMessage.Commit;
import io.roster.node.fleet.handoff.HandOffMessage.Opened;
import io.roster.node.fleet.handoff.HandOffMessage.Prepare;
import io.roster.node.fleet.handoff.HandOffMessage.Prepared;
import io.roster.node.fleet.handoff.HandOffMessage.Ready;
import io.roster.node.fleet.handoff.HandOffMessage.Refused;
import io.roster.node.fleet.handoff.HandOffMessage.Taken;
import io.roster.node.fleet.handoff.TargetEffect.Discard;
import io.roster.node.fleet.handoff.TargetEffect.Finish;
import io.roster.node.fleet.handoff.TargetEffect.Load;
import io.roster.node.fleet.handoff.TargetEffect.Open;
import io.roster.node.fleet.handoff.TargetEffect.Own;
import io.roster.node.fleet.handoff.TargetEffect.Send;
import io.roster.node.fleet.handoff.TargetEffect.StartStandby;
import io.roster.node.fleet.handoff.TargetEffect.TakeOver;
import io.roster.node.fleet.handoff.TargetInput.Loaded;
import io.roster.node.fleet.handoff.TargetInput.Received;
import io.roster.node.fleet.handoff.TargetInput.SourceDown;
import io.roster.node.fleet.handoff.TargetInput.StandbyFailed;
import io.roster.node.fleet.handoff.TargetInput.StandbyStarted;
import io.roster.node.fleet.handoff.TargetInput.Tick;
import io.roster.node.fleet.handoff.TargetInput.TookOver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The side of a move that takes the worker. Immutable; the same state, input and time always give
 * the same step. The protocol is told in {@link SourceHandOff}.
 *
 * @param request what the source asked for
 * @param limits deadlines and sizes
 * @param phase how far it is
 * @param sinceNanos when the phase began
 */
public record TargetHandOff(Prepare request, HandOffLimits limits, Phase phase, long sinceNanos) {

  /*
   * Invariant: before Commit the standby acts on nothing, so it can be thrown away at any moment.
   * It is, when the source says so, goes down early, or falls silent for a step; a source that
   * commits in that very moment is told Refused and takes the name back (it still has the state).
   *
   * A source that goes down while the standby has the whole state is the one case in which the
   * target acts by itself: it takes the name over rather than let the state be lost with the
   * source. The arbiter knows whether the source's compare-and-set came through: both ways the
   * answer is the standby.
   */

  /** How far a move is at its target. */
  public sealed interface Phase {

    /** Waits for the standby to start. */
    record Starting() implements Phase {}

    /**
     * Waits for the state.
     *
     * @param standby the process that will have it
     * @param chunks what has come of it
     */
    record Receiving(Pid standby, StateChunks chunks) implements Phase {}

    /**
     * Waits for the standby to decode its state.
     *
     * @param standby the process that has it
     */
    record Loading(Pid standby) implements Phase {}

    /**
     * Waits for the commit.
     *
     * @param standby the process that has the state
     */
    record Waiting(Pid standby) implements Phase {}

    /**
     * The source is down; waits for the arbiter of names.
     *
     * @param standby the process that has the state
     */
    record TakingOver(Pid standby) implements Phase {}

    /**
     * Owner; waits for the source's backlog.
     *
     * @param pid the worker
     * @param backlog the batches that have come, by place
     * @param count how many there will be, or -1 while that is unknown
     */
    record Holding(Pid pid, Map<Integer, List<ByteString>> backlog, int count) implements Phase {}

    /**
     * Nothing is left to do but answer repetitions.
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
  public record Step(TargetHandOff next, List<TargetEffect> effects) {}

  /** Begins a move that a source asked for. */
  public static Step begin(Prepare request, HandOffLimits limits, long nowNanos) {
    return new Step(
        new TargetHandOff(request, limits, new Phase.Starting(), nowNanos),
        List.of(new StartStandby()));
  }

  /** Whether the move is over. */
  public boolean isFinished() {
    return phase instanceof Phase.Finished;
  }

  /** The step that {@code input} asks for at {@code nowNanos}. */
  public Step step(TargetInput input, long nowNanos) {
    return switch (phase) {
      case Phase.Starting _ -> starting(input, nowNanos);
      case Phase.Receiving receiving -> receiving(receiving, input, nowNanos);
      case Phase.Loading loading -> loading(loading, input, nowNanos);
      case Phase.Waiting waiting -> waiting(waiting, input, nowNanos);
      case Phase.TakingOver takingOver -> takingOver(takingOver, input, nowNanos);
      case Phase.Holding holding -> holding(holding, input, nowNanos);
      case Phase.Finished(HandOffOutcome outcome) -> finished(outcome, input);
    };
  }

  private Step starting(TargetInput input, long nowNanos) {
    return switch (input) {
      case StandbyStarted(Pid pid) ->
          enter(
              new Phase.Receiving(pid, StateChunks.NONE), nowNanos, say(new Prepared(move(), pid)));
      case StandbyFailed(String reason) -> refuse(reason, nowNanos);
      case Received(Abort(_, String reason)) -> discard(reason, nowNanos);
      case SourceDown _ -> discard("source is down", nowNanos);
      case Tick _ -> isOverdue(nowNanos) ? refuse(overdue(), nowNanos) : stay();
      case Received _, Loaded _, TookOver _ -> stay();
    };
  }

  private Step receiving(Phase.Receiving now, TargetInput input, long nowNanos) {
    return switch (input) {
      case Received(Prepare _) -> stay(say(new Prepared(move(), now.standby())));
      case Received(Chunk chunk) -> chunk(now, chunk, nowNanos);
      case Received(Abort(_, String reason)) -> discard(reason, nowNanos);
      case StandbyFailed(String reason) -> refuse(reason, nowNanos);
      case SourceDown _ -> discard("source is down", nowNanos);
      case Tick _ -> isOverdue(nowNanos) ? refuse(overdue(), nowNanos) : stay();
      case Received _, StandbyStarted _, Loaded _, TookOver _ -> stay();
    };
  }

  private Step chunk(Phase.Receiving now, Chunk chunk, long nowNanos) {
    if ((long) chunk.count() * chunk.bytes().size() > 2L * limits.stateBytesMax()) {
      return refuse("state is larger than " + limits.stateBytesMax() + " bytes", nowNanos);
    }
    StateChunks chunks = now.chunks().with(chunk);
    if (!chunks.isComplete()) {
      return with(new Phase.Receiving(now.standby(), chunks), nowNanos).stay();
    }
    return chunks
        .join()
        .map(state -> enter(new Phase.Loading(now.standby()), nowNanos, new Load(state)))
        .orElseGet(() -> refuse("state arrived with a wrong checksum", nowNanos));
  }

  private Step loading(Phase.Loading now, TargetInput input, long nowNanos) {
    return switch (input) {
      case Loaded _ -> enter(new Phase.Waiting(now.standby()), nowNanos, say(new Ready(move())));
      case StandbyFailed(String reason) -> refuse(reason, nowNanos);
      case Received(Abort(_, String reason)) -> discard(reason, nowNanos);
      case SourceDown _ -> discard("source is down", nowNanos);
      case Tick _ -> isOverdue(nowNanos) ? refuse(overdue(), nowNanos) : stay();
      case Received _, StandbyStarted _, TookOver _ -> stay();
    };
  }

  private Step waiting(Phase.Waiting now, TargetInput input, long nowNanos) {
    return switch (input) {
      case Received(Commit _) -> own(now.standby(), nowNanos);
      case Received(Chunk _) -> stay(say(new Ready(move())));
      case Received(Abort(_, String reason)) -> discard(reason, nowNanos);
      case StandbyFailed(String reason) -> refuse(reason, nowNanos);
      case SourceDown _ ->
          enter(new Phase.TakingOver(now.standby()), nowNanos, new TakeOver(request.owner()));
      // Twice the step: a source that waits for a slow arbiter is alive and will say so.
      case Tick _ ->
          nowNanos - sinceNanos >= 2 * limits.step().toNanos()
              ? refuse(overdue(), nowNanos)
              : stay();
      case Received _, StandbyStarted _, Loaded _, TookOver _ -> stay();
    };
  }

  private Step takingOver(Phase.TakingOver now, TargetInput input, long nowNanos) {
    return switch (input) {
      case TookOver(Claim claim) ->
          switch (claim) {
            case Claim.Won _ ->
                finish(
                    new HandOffOutcome.Arrived(now.standby()),
                    nowNanos,
                    new Own(),
                    new Open(List.of()));
            case Claim.Lost(Pid owner) -> discard("name is with " + owner, nowNanos);
            case Claim.Vacant _, Claim.Unknown _ -> stay();
          };
      case Received(Commit _) -> own(now.standby(), nowNanos);
      case Received(Abort(_, String reason)) -> discard(reason, nowNanos);
      case StandbyFailed(String reason) -> refuse(reason, nowNanos);
      case Tick _ ->
          isOverdue(nowNanos) ? discard(overdue(), nowNanos) : stay(new TakeOver(request.owner()));
      case Received _, StandbyStarted _, Loaded _, SourceDown _ -> stay();
    };
  }

  private Step own(Pid pid, long nowNanos) {
    return enter(new Phase.Holding(pid, Map.of(), -1), nowNanos, new Own(), say(new Taken(move())));
  }

  private Step holding(Phase.Holding now, TargetInput input, long nowNanos) {
    return switch (input) {
      case Received(Commit _) -> stay(say(new Taken(move())));
      case Received(Backlog(_, int index, List<ByteString> bodies)) -> {
        var more = new HashMap<>(now.backlog());
        more.put(index, bodies);
        yield openIfComplete(new Phase.Holding(now.pid(), more, now.count()), nowNanos);
      }
      case Received(BacklogEnd(_, int count)) ->
          openIfComplete(new Phase.Holding(now.pid(), now.backlog(), count), nowNanos);
      // What has come by now is all there will be.
      case SourceDown _ -> open(now, nowNanos);
      case Tick _ -> isOverdue(nowNanos) ? open(now, nowNanos) : stay();
      case StandbyFailed(String reason) -> finish(new HandOffOutcome.Gone(reason), nowNanos);
      case Received _, StandbyStarted _, Loaded _, TookOver _ -> stay();
    };
  }

  private Step openIfComplete(Phase.Holding now, long nowNanos) {
    return now.backlog().size() == now.count() ? open(now, nowNanos) : with(now, nowNanos).stay();
  }

  private Step open(Phase.Holding now, long nowNanos) {
    List<ByteString> backlog =
        new TreeMap<>(now.backlog()).values().stream().flatMap(List::stream).toList();
    return finish(
        new HandOffOutcome.Arrived(now.pid()),
        nowNanos,
        new Open(backlog),
        say(new Opened(move())));
  }

  private Step finished(HandOffOutcome outcome, TargetInput input) {
    boolean arrived = outcome instanceof HandOffOutcome.Arrived;
    return switch (input) {
      case Received(Commit _) ->
          stay(say(arrived ? new Taken(move()) : new Refused(move(), "standby is gone")));
      case Received(BacklogEnd _) -> arrived ? stay(say(new Opened(move()))) : stay();
      case Received(Prepare _), Received(Chunk _) ->
          arrived ? stay() : stay(say(new Refused(move(), "standby is gone")));
      // The move ended while its standby was about to start: left there, it would wait for ever,
      // and be taken for the worker by this node, which would not start one.
      case StandbyStarted _ -> stay(new Discard());
      case Received _, StandbyFailed _, Loaded _, SourceDown _, TookOver _, Tick _ -> stay();
    };
  }

  private Step refuse(String reason, long nowNanos) {
    return finish(
        new HandOffOutcome.Discarded(reason),
        nowNanos,
        new Discard(),
        say(new Refused(move(), reason)));
  }

  private Step discard(String reason, long nowNanos) {
    return finish(new HandOffOutcome.Discarded(reason), nowNanos, new Discard());
  }

  private MoveId move() {
    return request.move();
  }

  private static TargetEffect say(HandOffMessage.ToSource message) {
    return new Send(message);
  }

  private String overdue() {
    return "no answer within " + limits.step() + " while " + phase.getClass().getSimpleName();
  }

  private boolean isOverdue(long nowNanos) {
    return nowNanos - sinceNanos >= limits.step().toNanos();
  }

  private Step finish(HandOffOutcome outcome, long nowNanos, TargetEffect... effects) {
    var all = new ArrayList<>(List.of(effects));
    all.add(new Finish(outcome));
    return new Step(
        new TargetHandOff(request, limits, new Phase.Finished(outcome), nowNanos),
        List.copyOf(all));
  }

  private Step enter(Phase next, long nowNanos, TargetEffect... effects) {
    return new Step(
        new TargetHandOff(request, limits, next, nowNanos), List.copyOf(List.of(effects)));
  }

  /** In the same phase with more in it; what arrived counts as a sign of life. */
  private TargetHandOff with(Phase changed, long nowNanos) {
    return new TargetHandOff(request, limits, changed, nowNanos);
  }

  private Step stay(TargetEffect... effects) {
    return new Step(this, List.of(effects));
  }
}
