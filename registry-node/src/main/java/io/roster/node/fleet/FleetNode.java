package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.Restart;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Transport;
import io.roster.net.wire.WireException;
import io.roster.node.fleet.Hosted.Phase;
import io.roster.node.fleet.desired.DesiredTable;
import io.roster.node.fleet.desired.DesiredWorker;
import io.roster.node.fleet.desired.DesiredWorker.Status;
import io.roster.node.fleet.desired.Reconciler;
import io.roster.node.fleet.desired.Reconciler.Action;
import io.roster.node.fleet.desired.Situation;
import io.roster.node.fleet.desired.WishMessage;
import io.roster.node.fleet.handoff.Claim;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.node.fleet.handoff.HandOffOutcome;
import io.roster.node.fleet.wire.FleetWire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node's part of the fleet: everything but the public methods runs on the fleet's thread. */
final class FleetNode implements Fleet, Moves.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(FleetNode.class);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration BUSY_TICK = Duration.ofMillis(5);
  private static final Duration WAKE = Duration.ofMillis(5);
  private static final Duration DIGEST = Duration.ofSeconds(2);
  private static final Duration KEEP_STOPPED = Duration.ofDays(1);

  /** Latecomers to the old processes are passed on for so long before a drain is over. */
  private static final Duration LINGER = Duration.ofMillis(300);

  private final FleetPorts ports;
  private final FleetOptions options;
  private final NodeId self;
  private final FleetLoop loop;
  private final Links links;
  private final DesiredTable table = new DesiredTable();
  private final Wishes wishes;
  private final FleetView view;
  private final LocalWorkers workers;
  private final Moves moves;
  private final NameClaims claims;
  private final BackOff backOff;
  private final FirstStarts firstStarts = new FirstStarts();
  private final ConcurrentHashMap<String, WorkerType<?, ?, ?>> types = new ConcurrentHashMap<>();
  private final AtomicLong framesRefused = new AtomicLong();
  private final CompletableFuture<DrainReport> drained = new CompletableFuture<>();
  private volatile boolean isClosed;

  private boolean isAwake;
  private boolean wasSettled;
  private boolean wasMovable;
  private boolean isDraining;
  private boolean isDrainOverdue;
  private long started;
  private int endedByDrain;
  private long movedBeforeDrain;
  private long reconciledNanos;
  private long digestNanos;

  private FleetNode(FleetPorts ports, FleetOptions options) {
    this.ports = ports;
    this.options = options;
    this.self = ports.transport().self();
    this.loop = new FleetLoop(self.name());
    this.links = new Links(ports.transport());
    this.wishes = new Wishes(table, links);
    this.view = new FleetView(ports.membership().self(), options, now());
    this.workers =
        new LocalWorkers(ports, loop, options.bounds().heldMax(), this::event, this::exited);
    this.moves = new Moves(ports, options.handOff(), links, workers, loop, this);
    this.claims = new NameClaims(ports.names());
    this.backOff = new BackOff(options.backOffMax());
  }

  static Fleet start(FleetPorts ports, FleetOptions options) {
    var node = new FleetNode(ports, options);
    ports.transport().onFrames(Feature.FLEET, node::frame);
    ports.transport().onLinks(node.new LinkNews());
    ports.membership().subscribe(event -> node.loop.post(() -> node.member(event)));
    var _ = ports.names().watchAll(_ -> node.loop.post(node::wake));
    node.loop.post(node::tick);
    return node;
  }

  // What users ask

  @Override
  public void register(WorkerType<?, ?, ?> type) {
    WorkerType<?, ?, ?> known = types.putIfAbsent(type.alias(), type);
    if (known != null && known != type) {
      throw new IllegalArgumentException(
          "worker type " + type.alias() + ": already registered on this node");
    }
    loop.post(
        () -> {
          view.types(self.name(), types(), now());
          links.sendToAll(wishes.digest(types()));
          wake();
        });
  }

  @Override
  public Set<String> types() {
    return Set.copyOf(types.keySet());
  }

  @Override
  public WorkerStart start(ProcessName name, String workerType, Object args) {
    CompletableFuture<WorkerStart> outcome = startAsync(name, workerType, args);
    try {
      return outcome.get(options.startTimeout().toNanos() * 2, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new WorkerStart.Pending("the caller was interrupted");
    } catch (TimeoutException e) {
      return new WorkerStart.Pending("no answer from the fleet of this node");
    } catch (ExecutionException e) {
      throw new IllegalStateException("invariant: starts are answered, never failed", e);
    }
  }

  @Override
  public CompletableFuture<WorkerStart> startAsync(
      ProcessName name, String workerType, Object args) {
    WorkerType<?, ?, ?> type = types.get(workerType);
    if (type == null) {
      return CompletableFuture.completedFuture(new WorkerStart.UnknownType(workerType, types()));
    }
    ByteString encoded;
    try {
      encoded = encode(type.args(ports.messages()), args);
    } catch (Exception e) {
      return CompletableFuture.completedFuture(new WorkerStart.BadArguments(String.valueOf(e)));
    }
    var outcome = new CompletableFuture<WorkerStart>();
    loop.post(() -> want(name, workerType, encoded, outcome));
    return outcome;
  }

  @SuppressWarnings("unchecked") // a wrong argument type fails in the codec, and is caught
  private static <A> ByteString encode(StateCodec<A> codec, Object args) throws Exception {
    return codec.encode((A) args);
  }

  private void want(
      ProcessName name,
      String workerType,
      ByteString args,
      CompletableFuture<WorkerStart> outcome) {
    Optional<DesiredWorker> known = table.find(name);
    if (known.isPresent() && known.get().isWanted()) {
      outcome.complete(
          new WorkerStart.AlreadyWanted(known.get().workerType(), ports.names().whereis(name)));
      return;
    }
    firstStarts.add(name, outcome);
    long epoch = known.map(DesiredWorker::epoch).orElse(0L) + 1;
    wishes.put(new DesiredWorker(name, epoch, Status.WANTED, self.name(), workerType, args), now());
    loop.after(
        options.startTimeout(),
        () ->
            firstStarts.giveUp(
                name,
                outcome,
                new WorkerStart.Pending("not started within " + options.startTimeout())));
    wake();
  }

  @Override
  public boolean stop(ProcessName name) {
    boolean wasWanted = table.find(name).filter(DesiredWorker::isWanted).isPresent();
    loop.post(() -> unwant(name));
    return wasWanted;
  }

  private void unwant(ProcessName name) {
    table
        .find(name)
        .filter(DesiredWorker::isWanted)
        .ifPresent(wish -> wishes.put(wish.then(Status.STOPPED, self.name()), now()));
    wake();
  }

  @Override
  public List<WorkerView> workers() {
    return table.wanted().stream()
        .map(
            wish ->
                new WorkerView(
                    wish.name(),
                    wish.workerType(),
                    wish.epoch(),
                    ports.names().whereis(wish.name()),
                    view.place(wish.workerType(), wish.name())))
        .toList();
  }

  @Override
  public Optional<NodeName> placeOf(ProcessName name) {
    return table.find(name).flatMap(wish -> view.place(wish.workerType(), name));
  }

  @Override
  public List<MoveView> moves() {
    return ask(moves::views, List.of());
  }

  @Override
  public FleetStats stats() {
    return ask(this::count, new FleetStats(0, 0, 0, 0, 0, 0, Duration.ZERO, 0, 0, 0));
  }

  private FleetStats count() {
    return new FleetStats(
        (int) workers.all().stream().filter(w -> w.phase == Phase.RUNNING).count(),
        started,
        moves.counts.out,
        moves.counts.in,
        moves.counts.calledOff,
        moves.leavingCount() + moves.arrivingCount(),
        moves.oldest(),
        moves.counts.handedOver,
        moves.counts.lost,
        framesRefused.get());
  }

  private <T> T ask(Supplier<T> question, T ifClosed) {
    if (isClosed) {
      return ifClosed;
    }
    var answer = new CompletableFuture<T>();
    loop.post(() -> answer.complete(question.get()));
    try {
      return answer.get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ifClosed;
    } catch (TimeoutException | ExecutionException e) {
      return ifClosed;
    }
  }

  // What others say

  private void frame(NodeId from, Frame frame) {
    FleetWire.Said said;
    try {
      said = FleetWire.decode(frame.payload());
    } catch (WireException e) {
      framesRefused.incrementAndGet();
      LOG.warn("fleet: a frame of node {} was refused: {}", from, e.getMessage());
      return;
    }
    var _ =
        loop.offer(
            () -> {
              switch (said) {
                case FleetWire.Said.OfWishes(WishMessage message) -> receive(from, message);
                case FleetWire.Said.OfMove(HandOffMessage message) -> moves.receive(from, message);
              }
            });
  }

  private void receive(NodeId from, WishMessage message) {
    switch (message) {
      case WishMessage.Digest(Set<String> theirTypes, List<Long> sums) -> {
        view.types(from.name(), theirTypes, now());
        wishes.compare(from, sums);
      }
      case WishMessage.Want(Set<Integer> buckets) -> wishes.tell(from.name(), buckets);
      case WishMessage.Wishes(List<DesiredWorker> theirs) -> {
        if (wishes.join(theirs, now())) {
          wake();
        }
      }
      case WishMessage.FirstStart(ProcessName name, WishMessage.Outcome outcome) ->
          firstStarts.answer(name, toUser(outcome));
      case WishMessage.Absorb(_, Pid winner, ByteString state) ->
          workers.find(winner).ifPresent(w -> workers.tell(w, new WorkerCommand.Absorb(state)));
    }
  }

  private static WorkerStart toUser(WishMessage.Outcome outcome) {
    return switch (outcome) {
      case WishMessage.Outcome.Started(Pid pid) -> new WorkerStart.Started(pid);
      case WishMessage.Outcome.Ignored() -> new WorkerStart.Ignored();
      case WishMessage.Outcome.Failed(String reason) -> new WorkerStart.Failed(reason);
    };
  }

  private void member(MemberEvent event) {
    Member member = event.member();
    view.member(member, now());
    switch (event) {
      case MemberEvent.Down _ -> moves.nodeDown(member.id());
      case MemberEvent.Up _,
          MemberEvent.Suspected _,
          MemberEvent.Refuted _,
          MemberEvent.Updated _ -> {}
    }
    wake();
  }

  /** Says at once what this node has, so that a new peer can place workers here. */
  private final class LinkNews implements Transport.LinkListener {

    @Override
    public void onUp(NodeId peer) {
      loop.post(
          () -> {
            var _ = links.send(peer.name(), wishes.digest(types()));
          });
    }

    @Override
    public void onDown(NodeId peer) {
      // Gossip says who is down; a link alone proves nothing.
    }
  }

  // Time

  private void tick() {
    long now = now();
    moves.tick();
    boolean isSettled = view.maySettle(now);
    boolean isMovable = view.mayMove(now);
    boolean isNews = isSettled != wasSettled || isMovable != wasMovable;
    wasSettled = isSettled;
    wasMovable = isMovable;
    if (isNews || now - reconciledNanos >= options.reconcileEvery().toNanos()) {
      reconcile();
    }
    if (now - digestNanos >= DIGEST.toNanos()) {
      digestNanos = now;
      table.forgetStopped(KEEP_STOPPED.toNanos(), now);
      links.sendToAll(wishes.digest(types()));
    }
    drainIfAsked();
    loop.after(moves.isIdle() ? TICK : BUSY_TICK, this::tick);
  }

  /** Compares soon; whatever else happens until then is seen by the same comparison. */
  private void wake() {
    if (!isAwake) {
      isAwake = true;
      loop.after(WAKE, this::reconcile);
    }
  }

  // Wishes and facts

  private void reconcile() {
    isAwake = false;
    long now = now();
    reconciledNanos = now;
    boolean maySettle = view.maySettle(now);
    boolean mayMove = view.mayMove(now);
    for (ProcessName name : firstStarts.names()) {
      table
          .find(name)
          .filter(wish -> wish.status() == Status.STARTED)
          .flatMap(_ -> ports.names().whereis(name))
          .ifPresent(pid -> firstStarts.answer(name, new WorkerStart.Started(pid)));
    }
    for (DesiredWorker wish : table.all()) {
      Optional<Hosted> local = workers.find(wish.name());
      if (wish.isWanted() || local.isPresent()) {
        act(wish, local, Reconciler.decide(wish, situation(wish, local, maySettle, mayMove, now)));
      }
    }
  }

  private Situation situation(
      DesiredWorker wish, Optional<Hosted> local, boolean maySettle, boolean mayMove, long now) {
    WorkerType<?, ?, ?> type = types.get(wish.workerType());
    return new Situation(
        self.name(),
        view.place(wish.workerType(), wish.name()),
        ports.names().whereis(wish.name()).map(Pid::nodeName),
        local
            .map(
                hosted ->
                    hosted.phase == Phase.RUNNING ? Situation.Local.RUNNING : Situation.Local.BUSY)
            .orElse(Situation.Local.NONE),
        type != null && type.restart() == Restart.TEMPORARY,
        view.isLeaving(),
        maySettle,
        mayMove,
        backOff.isDue(wish.name(), now));
  }

  private void act(DesiredWorker wish, Optional<Hosted> local, Action action) {
    switch (action) {
      case Action.Nothing() -> {}
      case Action.Start() -> start(wish);
      case Action.Stop() ->
          local.ifPresent(w -> workers.stop(w, new ExitReason.Shutdown("no longer wanted")));
      case Action.Move(NodeName to) -> local.ifPresent(worker -> move(worker, to));
      case Action.Claim() -> local.ifPresent(this::claimAgain);
      case Action.Forget() -> wishes.put(wish.then(Status.STOPPED, self.name()), now());
    }
  }

  private void start(DesiredWorker wish) {
    WorkerType<?, ?, ?> type = types.get(wish.workerType());
    if (type == null) {
      return;
    }
    try {
      Hosted worker = workers.spawn(wish.name(), type, wish.args(), Phase.STARTING);
      var _ =
          ports
              .names()
              .registerAsync(worker.name, worker.pid, Map.of())
              .thenAccept(outcome -> loop.post(() -> registered(worker, outcome)));
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
        backOff.failed(worker.name, now());
        workers.stop(worker, new ExitReason.Shutdown("no name"));
      }
    }
  }

  private void move(Hosted worker, NodeName to) {
    int limit = view.isLeaving() ? options.bounds().drainMovesMax() : options.bounds().movesMax();
    if (!worker.type.isMovable()) {
      if (view.isLeaving()) {
        endForDrain(worker);
      }
      return;
    }
    if (moves.leavingCount() < limit) {
      view.start(to).ifPresent(target -> moves.begin(worker, target));
    }
  }

  /** A worker without its name cannot be reached: it gets it back, or makes way for who has it. */
  private void claimAgain(Hosted worker) {
    if (worker.isClaiming) {
      return;
    }
    worker.isClaiming = true;
    backOff.failed(worker.name, now());
    var _ =
        claims
            .takeBack(worker.name, worker.pid, worker.pid)
            .thenAccept(claim -> loop.post(() -> claimedAgain(worker, claim)));
  }

  private void claimedAgain(Hosted worker, Claim claim) {
    worker.isClaiming = false;
    if (claim instanceof Claim.Lost(Pid owner) && worker.phase == Phase.RUNNING) {
      worker.phase = Phase.STOPPING;
      workers.tell(worker, new WorkerCommand.GiveWay(owner));
    }
    wake();
  }

  // What workers say

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

  private void began(Hosted worker) {
    started++;
    worker.phase = Phase.RUNNING;
    table
        .find(worker.name)
        .filter(wish -> wish.status() == Status.WANTED)
        .ifPresent(
            wish -> {
              wishes.put(wish.then(Status.STARTED, self.name()), now());
              tellWriter(wish, new WishMessage.Outcome.Started(worker.pid));
            });
    wake();
  }

  private void ignored(Hosted worker) {
    worker.phase = Phase.STOPPING;
    table
        .find(worker.name)
        .filter(DesiredWorker::isWanted)
        .ifPresent(
            wish -> {
              wishes.put(wish.then(Status.STOPPED, self.name()), now());
              tellWriter(wish, new WishMessage.Outcome.Ignored());
            });
  }

  private void cannotStart(ProcessName name, String reason) {
    LOG.warn("worker {}: cannot start: {}", name, reason);
    backOff.failed(name, now());
    table
        .find(name)
        .filter(wish -> wish.status() == Status.WANTED)
        .ifPresent(
            wish -> {
              wishes.put(wish.then(Status.STOPPED, self.name()), now());
              tellWriter(wish, new WishMessage.Outcome.Failed(reason));
            });
    wake();
  }

  private void tellWriter(DesiredWorker wish, WishMessage.Outcome outcome) {
    if (wish.writer().equals(self.name())) {
      firstStarts.answer(wish.name(), toUser(outcome));
    } else {
      var _ = links.send(wish.writer(), new WishMessage.FirstStart(wish.name(), outcome));
    }
  }

  private void lost(Hosted worker, Pid winner, ByteString state) {
    var absorb = new WishMessage.Absorb(worker.name, winner, state);
    if (winner.node().equals(self)) {
      receive(self, absorb);
    } else if (!links.send(winner.nodeName(), absorb)) {
      LOG.warn("worker {}: its state could not be given to {}", worker.name, winner);
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
    wake();
  }

  private void ended(Hosted worker, ExitReason reason) {
    boolean isForGood =
        switch (worker.type.restart()) {
          case PERMANENT -> false;
          case TRANSIENT -> reason instanceof ExitReason.Normal;
          case TEMPORARY -> !reason.isRelinquished();
        };
    if (isForGood) {
      unwant(worker.name);
    } else if (!reason.isRelinquished()) {
      backOff.failed(worker.name, now());
    }
  }

  // Moves

  @Override
  public Hosted standby(HandOffMessage.Prepare request) throws Exception {
    WorkerType<?, ?, ?> type = types.get(request.workerType());
    if (type == null || !type.isMovable()) {
      throw new IllegalStateException("no movable type " + request.workerType() + " here");
    }
    if (view.isLeaving()) {
      throw new IllegalStateException("node " + self.name() + " is leaving");
    }
    if (workers.find(request.name()).isPresent()) {
      throw new IllegalStateException("node " + self.name() + " has such a worker already");
    }
    return workers.spawn(request.name(), type, request.args(), Phase.ARRIVING);
  }

  @Override
  public void left(Hosted worker, HandOffOutcome outcome) {
    switch (outcome) {
      case HandOffOutcome.Moved _ -> backOff.succeeded(worker.name);
      case HandOffOutcome.Stayed _ -> {
        backOff.failed(worker.name, now());
        if (worker.phase == Phase.LEAVING) {
          worker.phase = Phase.RUNNING;
        }
      }
      case HandOffOutcome.Gone _ -> backOff.failed(worker.name, now());
      case HandOffOutcome.Arrived _, HandOffOutcome.Discarded _ ->
          throw new IllegalStateException("invariant: not an outcome of a source: " + outcome);
    }
    wake();
  }

  @Override
  public void arrived(Hosted worker) {
    worker.phase = Phase.RUNNING;
    backOff.succeeded(worker.name);
    wake();
  }

  // Leaving

  @Override
  public CompletableFuture<DrainReport> drain() {
    ports.membership().updateMetadata(FleetNode::asLeaving);
    loop.post(
        () -> {
          if (!isDraining) {
            isDraining = true;
            movedBeforeDrain = moves.counts.out;
            view.leave(now());
            loop.after(options.drainTimeout(), () -> isDrainOverdue = true);
            wake();
          }
        });
    return drained.copy();
  }

  private static NodeMetadata asLeaving(NodeMetadata metadata) {
    return new NodeMetadata(
        metadata.linkAddress(),
        metadata.arbiterAddress(),
        metadata.arbiterReady(),
        true,
        metadata.weight(),
        metadata.roles());
  }

  private void drainIfAsked() {
    if (!isDraining || drained.isDone()) {
      return;
    }
    for (Hosted worker : workers.all()) {
      boolean hasNowhereToGo =
          worker.phase == Phase.RUNNING && view.place(worker.type.alias(), worker.name).isEmpty();
      if (hasNowhereToGo || (isDrainOverdue && worker.phase != Phase.STOPPING)) {
        endForDrain(worker);
      }
    }
    if (workers.all().isEmpty() && moves.isIdle()) {
      isDraining = false;
      var report = new DrainReport((int) (moves.counts.out - movedBeforeDrain), endedByDrain);
      loop.after(LINGER, () -> drained.complete(report));
    }
  }

  private void endForDrain(Hosted worker) {
    endedByDrain++;
    workers.stop(worker, new ExitReason.NodeLeaving(self.name()));
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    for (Hosted worker : askBeforeClosing()) {
      ports.processes().exit(worker.pid, new ExitReason.NodeLeaving(self.name()));
    }
    loop.close();
  }

  private List<Hosted> askBeforeClosing() {
    var answer = new CompletableFuture<List<Hosted>>();
    loop.post(() -> answer.complete(List.copyOf(workers.all())));
    try {
      return answer.get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (TimeoutException | ExecutionException e) {
      return List.of();
    }
  }

  private long now() {
    return ports.processes().ticker().nowNanos();
  }
}
