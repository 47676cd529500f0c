package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.node.fleet.handoff.Claim;
import io.roster.node.fleet.handoff.HandOffLimits;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.node.fleet.handoff.HandOffOutcome;
import io.roster.node.fleet.handoff.MoveId;
import io.roster.node.fleet.handoff.SourceEffect;
import io.roster.node.fleet.handoff.SourceHandOff;
import io.roster.node.fleet.handoff.SourceInput;
import io.roster.node.fleet.handoff.TargetEffect;
import io.roster.node.fleet.handoff.TargetHandOff;
import io.roster.node.fleet.handoff.TargetInput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs the moves that this node takes part in. No rule of the protocol lives here. Confined to
 * the fleet's thread.
 */
final class Moves {

  private static final Logger LOG = LoggerFactory.getLogger(Moves.class);
  private static final int ARRIVING_MAX = 256;
  private static final int RECENT_MAX = 256;
  private static final long KEEP_NANOS = Duration.ofMinutes(1).toNanos();

  /** What the moves tell their fleet. */
  interface Owner {

    /** A standby for a worker that another node wants to hand over, or why not. */
    Hosted standby(HandOffMessage.Prepare request) throws Exception;

    /** A worker of this node is elsewhere now, stayed, or is gone. */
    void left(Hosted worker, HandOffOutcome outcome);

    /** A worker of another node is here now. */
    void arrived(Hosted worker);
  }

  private final NodeId self;
  private final HandOffLimits limits;
  private final Links links;
  private final LocalWorkers workers;
  private final NameClaims claims;
  private final FleetLoop loop;
  private final Clock clock;
  private final Owner owner;
  private final Map<MoveId, Leaving> leaving = new HashMap<>();
  private final Map<MoveId, Arriving> arriving = new HashMap<>();
  private final Deque<MoveView> recent = new ArrayDeque<>();
  private long numbers;

  final Counts counts = new Counts();

  /** Numbers since the start. */
  static final class Counts {
    long out;
    long in;
    long calledOff;
    long handedOver;
    long lost;
  }

  /** Nanoseconds of the node's clock. */
  @FunctionalInterface
  interface Clock {

    /** Now. */
    long nowNanos();
  }

  private static final class Leaving {
    SourceHandOff state;
    final Hosted worker;
    final long begunNanos;

    /** Invariant: at most one claim of a move is on its way, so answers cannot be mixed up. */
    boolean isClaiming;

    Leaving(SourceHandOff state, Hosted worker, long begunNanos) {
      this.state = state;
      this.worker = worker;
      this.begunNanos = begunNanos;
    }
  }

  private static final class Arriving {
    TargetHandOff state;
    Optional<Hosted> standby = Optional.empty();
    final long begunNanos;
    long overNanos;
    boolean isClaiming;

    Arriving(TargetHandOff state, long begunNanos) {
      this.state = state;
      this.begunNanos = begunNanos;
    }
  }

  Moves(
      FleetPorts ports,
      HandOffLimits limits,
      Links links,
      LocalWorkers workers,
      FleetLoop loop,
      Owner owner) {
    this.self = ports.transport().self();
    this.limits = limits;
    this.links = links;
    this.workers = workers;
    this.claims = new NameClaims(ports.names());
    this.loop = loop;
    this.clock = ports.processes().ticker()::nowNanos;
    this.owner = owner;
  }

  /** Begins to hand a running worker over. */
  void begin(Hosted worker, NodeId target) {
    worker.phase = Hosted.Phase.LEAVING;
    var what = new SourceHandOff.Worker(worker.name, worker.pid, worker.type.alias(), worker.args);
    long now = clock.nowNanos();
    var step = SourceHandOff.begin(new MoveId(self, ++numbers), what, target, limits, now);
    var move = new Leaving(step.next(), worker, now);
    leaving.put(step.next().id(), move);
    perform(move, step);
  }

  int leavingCount() {
    return leaving.size();
  }

  int arrivingCount() {
    return (int) arriving.values().stream().filter(m -> !m.state.isFinished()).count();
  }

  boolean isIdle() {
    return leaving.isEmpty() && arrivingCount() == 0;
  }

  /** Takes what another node says of a move. */
  void receive(NodeId from, HandOffMessage message) {
    switch (message) {
      case HandOffMessage.ToSource said -> {
        Leaving move = leaving.get(said.move());
        if (move != null && move.state.target().equals(from)) {
          step(move, new SourceInput.Received(said));
        }
      }
      case HandOffMessage.ToTarget said -> {
        if (said.move().source().equals(from)) {
          receiveAsTarget(from, said);
        }
      }
    }
  }

  private void receiveAsTarget(NodeId from, HandOffMessage.ToTarget said) {
    Arriving move = arriving.get(said.move());
    if (move != null) {
      step(move, new TargetInput.Received(said));
      return;
    }
    switch (said) {
      case HandOffMessage.Prepare prepare -> prepare(prepare);
      // A move that was over so long ago that it was forgotten: the process itself is the answer.
      case HandOffMessage.Commit(MoveId id, Pid standby) ->
          answer(
              from,
              workers.find(standby).isPresent()
                  ? new HandOffMessage.Taken(id)
                  : new HandOffMessage.Refused(id, "no such standby"));
      case HandOffMessage.Chunk chunk ->
          answer(from, new HandOffMessage.Refused(chunk.move(), "no such move"));
      case HandOffMessage.BacklogEnd end -> answer(from, new HandOffMessage.Opened(end.move()));
      case HandOffMessage.Backlog _, HandOffMessage.Abort _ -> {}
    }
  }

  private void answer(NodeId to, HandOffMessage message) {
    var _ = links.send(to.name(), message);
  }

  private void prepare(HandOffMessage.Prepare prepare) {
    if (arrivingCount() >= ARRIVING_MAX) {
      answer(
          prepare.move().source(),
          new HandOffMessage.Refused(prepare.move(), "too many workers arrive already"));
      return;
    }
    long now = clock.nowNanos();
    var step = TargetHandOff.begin(prepare, limits, now);
    var move = new Arriving(step.next(), now);
    arriving.put(prepare.move(), move);
    perform(move, step);
  }

  /** Takes what a worker says that is being handed over or taken. */
  void event(Hosted worker, WorkerEvent event) {
    leavingOf(worker).ifPresent(move -> leavingEvent(move, event));
    arrivingOf(worker).ifPresent(move -> arrivingEvent(move, event));
  }

  private void leavingEvent(Leaving move, WorkerEvent event) {
    switch (event) {
      case WorkerEvent.Sealed(ByteString state) -> step(move, new SourceInput.WorkerSealed(state));
      case WorkerEvent.SealFailed(String reason) -> step(move, new SourceInput.SealFailed(reason));
      case WorkerEvent.Released(List<ByteString> backlog, int lost) -> {
        counts.handedOver += backlog.size();
        counts.lost += lost;
        step(move, new SourceInput.Released(backlog));
      }
      case WorkerEvent.Full _ ->
          step(move, new SourceInput.Cancelled("it holds back as many messages as it may"));
      case WorkerEvent.Began _,
          WorkerEvent.Ignored _,
          WorkerEvent.CannotRun _,
          WorkerEvent.Loaded _,
          WorkerEvent.Lost _ -> {}
    }
  }

  private void arrivingEvent(Arriving move, WorkerEvent event) {
    switch (event) {
      case WorkerEvent.Loaded _ -> step(move, new TargetInput.Loaded());
      case WorkerEvent.CannotRun(String reason) ->
          step(move, new TargetInput.StandbyFailed(reason));
      case WorkerEvent.Began _,
          WorkerEvent.Ignored _,
          WorkerEvent.Sealed _,
          WorkerEvent.SealFailed _,
          WorkerEvent.Released _,
          WorkerEvent.Full _,
          WorkerEvent.Lost _ -> {}
    }
  }

  /** Takes the end of a worker that is being handed over or taken. */
  void exited(Hosted worker, ExitReason reason) {
    leavingOf(worker).ifPresent(m -> step(m, new SourceInput.WorkerExited(reason.toString())));
    arrivingOf(worker).ifPresent(m -> step(m, new TargetInput.StandbyFailed(reason.toString())));
  }

  private Optional<Leaving> leavingOf(Hosted worker) {
    return leaving.values().stream().filter(m -> m.worker == worker).findFirst();
  }

  private Optional<Arriving> arrivingOf(Hosted worker) {
    return arriving.values().stream()
        .filter(m -> m.standby.filter(s -> s == worker).isPresent())
        .findFirst();
  }

  /** Takes the end of a node. */
  void nodeDown(NodeId down) {
    for (Leaving move : List.copyOf(leaving.values())) {
      if (move.state.target().equals(down)) {
        step(move, new SourceInput.TargetDown());
      }
    }
    for (Arriving move : List.copyOf(arriving.values())) {
      if (move.state.request().move().source().equals(down)) {
        step(move, new TargetInput.SourceDown());
      }
    }
  }

  /** Lets time pass. */
  void tick() {
    List.copyOf(leaving.values()).forEach(move -> step(move, new SourceInput.Tick()));
    List.copyOf(arriving.values()).forEach(move -> step(move, new TargetInput.Tick()));
    long now = clock.nowNanos();
    arriving.values().removeIf(m -> m.state.isFinished() && now - m.overNanos > KEEP_NANOS);
  }

  private void step(Leaving move, SourceInput input) {
    perform(move, move.state.step(input, clock.nowNanos()));
  }

  private void perform(Leaving move, SourceHandOff.Step step) {
    move.state = step.next();
    for (SourceEffect effect : step.effects()) {
      perform(move, effect);
    }
  }

  private void perform(Leaving move, SourceEffect effect) {
    Hosted worker = move.worker;
    switch (effect) {
      case SourceEffect.Send(HandOffMessage.ToTarget message) ->
          answer(move.state.target(), message);
      case SourceEffect.Seal _ -> workers.tell(worker, new WorkerCommand.Seal());
      case SourceEffect.Resume _ -> workers.tell(worker, new WorkerCommand.Resume());
      case SourceEffect.Transfer(Pid standby) ->
          claim(
              move,
              () -> claims.give(worker.name, worker.pid, standby),
              claim -> new SourceInput.Transferred(claim));
      case SourceEffect.Reclaim(Pid standby) ->
          claim(
              move,
              () -> claims.takeBack(worker.name, standby, worker.pid),
              claim -> new SourceInput.Reclaimed(claim));
      case SourceEffect.Release(Pid to) -> workers.tell(worker, new WorkerCommand.Release(to));
      case SourceEffect.GiveWay(Pid winner) ->
          workers.tell(worker, new WorkerCommand.GiveWay(winner));
      case SourceEffect.Finish(HandOffOutcome outcome) -> finish(move, outcome);
    }
  }

  private void claim(
      Leaving move, Supplier<CompletableFuture<Claim>> ask, Function<Claim, SourceInput> input) {
    if (move.isClaiming) {
      return;
    }
    move.isClaiming = true;
    var _ =
        ask.get()
            .whenComplete(
                (claim, failure) ->
                    loop.post(
                        () -> {
                          move.isClaiming = false;
                          step(move, input.apply(failure == null ? claim : new Claim.Unknown()));
                        }));
  }

  private void finish(Leaving move, HandOffOutcome outcome) {
    leaving.remove(move.state.id());
    remember(view(move, clock.nowNanos()));
    switch (outcome) {
      case HandOffOutcome.Moved _ -> counts.out++;
      case HandOffOutcome.Stayed(String reason) -> {
        counts.calledOff++;
        LOG.info("worker {}: stays: {}", move.worker.name, reason);
      }
      case HandOffOutcome.Gone(String reason) ->
          LOG.warn("worker {}: gone while it moved: {}", move.worker.name, reason);
      case HandOffOutcome.Arrived _, HandOffOutcome.Discarded _ ->
          throw new IllegalStateException("invariant: not an outcome of a source: " + outcome);
    }
    owner.left(move.worker, outcome);
  }

  private void step(Arriving move, TargetInput input) {
    perform(move, move.state.step(input, clock.nowNanos()));
  }

  private void perform(Arriving move, TargetHandOff.Step step) {
    move.state = step.next();
    for (TargetEffect effect : step.effects()) {
      perform(move, effect);
    }
  }

  private void perform(Arriving move, TargetEffect effect) {
    HandOffMessage.Prepare request = move.state.request();
    switch (effect) {
      case TargetEffect.Send(HandOffMessage.ToSource message) ->
          answer(request.move().source(), message);
      case TargetEffect.StartStandby _ -> loop.post(() -> startStandby(move));
      case TargetEffect.Load(ByteString state) -> tell(move, new WorkerCommand.Load(state));
      case TargetEffect.TakeOver(Pid from) -> takeOver(move, from);
      case TargetEffect.Own _ -> {}
      case TargetEffect.Open(List<ByteString> backlog) ->
          tell(move, new WorkerCommand.Open(backlog));
      case TargetEffect.Discard _ ->
          move.standby.ifPresent(
              standby -> workers.stop(standby, new ExitReason.Shutdown("not needed")));
      case TargetEffect.Finish(HandOffOutcome outcome) -> finish(move, outcome);
    }
  }

  private void tell(Arriving move, WorkerCommand command) {
    move.standby.ifPresent(standby -> workers.tell(standby, command));
  }

  private void startStandby(Arriving move) {
    try {
      Hosted standby = owner.standby(move.state.request());
      move.standby = Optional.of(standby);
      step(move, new TargetInput.StandbyStarted(standby.pid));
    } catch (Exception e) {
      step(move, new TargetInput.StandbyFailed(String.valueOf(e.getMessage())));
    }
  }

  private void takeOver(Arriving move, Pid from) {
    if (move.isClaiming || move.standby.isEmpty()) {
      return;
    }
    move.isClaiming = true;
    var _ =
        claims
            .take(move.state.request().name(), from, move.standby.get().pid)
            .whenComplete(
                (claim, failure) ->
                    loop.post(
                        () -> {
                          move.isClaiming = false;
                          step(
                              move,
                              new TargetInput.TookOver(
                                  failure == null ? claim : new Claim.Unknown()));
                        }));
  }

  private void finish(Arriving move, HandOffOutcome outcome) {
    move.overNanos = clock.nowNanos();
    remember(view(move, move.overNanos));
    switch (outcome) {
      case HandOffOutcome.Arrived _ -> {
        counts.in++;
        move.standby.ifPresent(owner::arrived);
      }
      case HandOffOutcome.Discarded(String reason) ->
          LOG.info("worker {}: does not come: {}", move.state.request().name(), reason);
      case HandOffOutcome.Gone(String reason) ->
          LOG.warn("worker {}: gone on arrival: {}", move.state.request().name(), reason);
      case HandOffOutcome.Moved _, HandOffOutcome.Stayed _ ->
          throw new IllegalStateException("invariant: not an outcome of a target: " + outcome);
    }
  }

  private void remember(MoveView view) {
    if (recent.size() == RECENT_MAX) {
      recent.removeFirst();
    }
    recent.add(view);
  }

  /** The moves that go on, and the latest that are over. */
  List<MoveView> views() {
    long now = clock.nowNanos();
    var views = new ArrayList<>(recent);
    leaving.values().forEach(move -> views.add(view(move, now)));
    arriving.values().stream()
        .filter(move -> !move.state.isFinished())
        .forEach(move -> views.add(view(move, now)));
    return views;
  }

  /** How long the oldest move has been going on. */
  Duration oldest() {
    return views().stream()
        .filter(view -> !view.isOver())
        .map(MoveView::age)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private MoveView view(Leaving move, long now) {
    SourceHandOff state = move.state;
    String phase =
        state.phase() instanceof SourceHandOff.Phase.Finished(HandOffOutcome outcome)
            ? outcome.toString()
            : state.phase().getClass().getSimpleName();
    return view(move.worker.name, self.name(), state.target().name(), phase)
        .aged(state.isFinished(), now - move.begunNanos);
  }

  private MoveView view(Arriving move, long now) {
    TargetHandOff state = move.state;
    String phase =
        state.phase() instanceof TargetHandOff.Phase.Finished(HandOffOutcome outcome)
            ? outcome.toString()
            : state.phase().getClass().getSimpleName();
    return view(state.request().name(), state.request().move().source().name(), self.name(), phase)
        .aged(state.isFinished(), now - move.begunNanos);
  }

  private static MoveView view(ProcessName name, NodeName from, NodeName to, String phase) {
    return new MoveView(name, from, to, phase, false, Duration.ZERO);
  }
}
