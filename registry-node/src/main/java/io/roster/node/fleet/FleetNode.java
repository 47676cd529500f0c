package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Transport;
import io.roster.net.wire.WireException;
import io.roster.node.fleet.Hosted.Phase;
import io.roster.node.fleet.desired.DesiredWorker;
import io.roster.node.fleet.desired.DesiredWorker.Status;
import io.roster.node.fleet.desired.WishMessage;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.node.fleet.wire.FleetWire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part of the fleet: takes what users ask and what other nodes say to the fleet's
 * thread, on which everything but the public methods runs.
 */
final class FleetNode implements Fleet {

  private static final Logger LOG = LoggerFactory.getLogger(FleetNode.class);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration BUSY_TICK = Duration.ofMillis(5);
  private static final Duration DIGEST = Duration.ofSeconds(2);
  private static final Duration KEEP_STOPPED = Duration.ofDays(1);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  private final FleetParts parts;
  private final Reconciliation reconciliation;
  private final WorkerLifecycle lifecycle;
  private final Moves moves;
  private final AtomicLong framesRefused = new AtomicLong();
  private volatile boolean isClosed;
  private long digestNanos;

  private FleetNode(FleetParts parts) {
    this.parts = parts;
    this.reconciliation = new Reconciliation(parts);
    this.lifecycle = reconciliation.lifecycle();
    this.moves = lifecycle.moves();
  }

  static Fleet start(FleetPorts ports, FleetOptions options) {
    var parts = FleetParts.of(ports, options);
    var node = new FleetNode(parts);
    ports.transport().onFrames(Feature.FLEET, node::frame);
    ports.transport().onLinks(node.new LinkNews());
    ports.membership().subscribe(event -> parts.post(() -> node.member(event)));
    var _ = ports.names().watchAll(_ -> parts.post(node.reconciliation::wake));
    parts.post(node::tick);
    return node;
  }

  // What users ask

  @Override
  public void register(WorkerType<?, ?, ?> type) {
    WorkerType<?, ?, ?> known = parts.types().putIfAbsent(type.alias(), type);
    if (known != null && known != type) {
      throw new IllegalArgumentException(
          "worker type " + type.alias() + ": already registered on this node");
    }
    parts.post(
        () -> {
          parts.view().types(parts.selfName(), types(), parts.now());
          parts.links().sendToAll(digest());
          reconciliation.wake();
        });
  }

  @Override
  public Set<String> types() {
    return parts.typeAliases();
  }

  @Override
  public WorkerStart start(ProcessName name, String workerType, Object args) {
    CompletableFuture<WorkerStart> outcome = startAsync(name, workerType, args);
    try {
      return outcome.get(parts.options().pace().startTimeout().toNanos() * 2, TimeUnit.NANOSECONDS);
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
    WorkerType<?, ?, ?> type = parts.types().get(workerType);
    if (type == null) {
      return CompletableFuture.completedFuture(new WorkerStart.UnknownType(workerType, types()));
    }
    ByteString encoded;
    try {
      encoded = encode(type.args(parts.ports().messages()), args);
    } catch (Exception e) {
      return CompletableFuture.completedFuture(new WorkerStart.BadArguments(String.valueOf(e)));
    }
    var outcome = new CompletableFuture<WorkerStart>();
    parts.post(() -> want(name, workerType, encoded, outcome));
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
    Optional<DesiredWorker> known = parts.table().find(name);
    if (known.isPresent() && known.get().isWanted()) {
      outcome.complete(
          new WorkerStart.AlreadyWanted(
              known.get().workerType(), parts.ports().names().whereis(name)));
      return;
    }
    parts.firstStarts().add(name, outcome);
    long epoch = known.map(DesiredWorker::epoch).orElse(0L) + 1;
    parts
        .wishes()
        .put(
            new DesiredWorker(name, epoch, Status.WANTED, parts.selfName(), workerType, args),
            parts.now());
    parts.after(
        parts.options().pace().startTimeout(),
        () ->
            parts
                .firstStarts()
                .giveUp(
                    name,
                    outcome,
                    new WorkerStart.Pending(
                        "not started within " + parts.options().pace().startTimeout())));
    reconciliation.wake();
  }

  @Override
  public boolean stop(ProcessName name) {
    boolean wasWanted = parts.table().find(name).filter(DesiredWorker::isWanted).isPresent();
    parts.post(() -> unwant(name));
    return wasWanted;
  }

  private void unwant(ProcessName name) {
    parts
        .table()
        .find(name)
        .filter(DesiredWorker::isWanted)
        .ifPresent(wish -> parts.mark(wish, Status.STOPPED));
    reconciliation.wake();
  }

  @Override
  public List<WorkerView> workers() {
    return parts.table().wanted().stream()
        .map(
            wish ->
                new WorkerView(
                    wish.name(),
                    wish.workerType(),
                    wish.epoch(),
                    parts.ports().names().whereis(wish.name()),
                    parts.view().place(wish.workerType(), wish.name())))
        .toList();
  }

  @Override
  public Optional<NodeName> placeOf(ProcessName name) {
    return parts.table().find(name).flatMap(wish -> parts.view().place(wish.workerType(), name));
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
        (int) lifecycle.workers().all().stream().filter(w -> w.phase == Phase.RUNNING).count(),
        lifecycle.started(),
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
    parts.post(() -> answer.complete(question.get()));
    try {
      return answer.get(ANSWER_MAX.toNanos(), TimeUnit.NANOSECONDS);
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
        parts
            .loop()
            .offer(
                () -> {
                  switch (said) {
                    case FleetWire.Said.OfWishes(WishMessage message) -> receive(from, message);
                    case FleetWire.Said.OfMove(HandOffMessage message) ->
                        moves.receive(from, message);
                  }
                });
  }

  private void receive(NodeId from, WishMessage message) {
    switch (message) {
      case WishMessage.Digest(Set<String> theirTypes, List<Long> sums) -> {
        parts.view().types(from.name(), theirTypes, parts.now());
        parts.wishes().compare(from, sums);
      }
      case WishMessage.Want(Set<Integer> buckets) -> parts.wishes().tell(from.name(), buckets);
      case WishMessage.Wishes(List<DesiredWorker> theirs) -> {
        if (parts.wishes().join(theirs, parts.now())) {
          reconciliation.wake();
        }
      }
      case WishMessage.FirstStart(ProcessName name, WishMessage.Outcome outcome) ->
          parts.firstStarts().answer(name, outcome);
      case WishMessage.Absorb(_, Pid winner, ByteString state) -> lifecycle.absorb(winner, state);
    }
  }

  private void member(MemberEvent event) {
    Member member = event.member();
    parts.view().member(member, parts.now());
    switch (event) {
      case MemberEvent.Down _ -> moves.nodeDown(member.id());
      case MemberEvent.Up _,
          MemberEvent.Suspected _,
          MemberEvent.Refuted _,
          MemberEvent.Updated _ -> {}
    }
    reconciliation.wake();
  }

  /** Says at once what this node has, so that a new peer can place workers here. */
  private final class LinkNews implements Transport.LinkListener {

    @Override
    public void onUp(NodeId peer) {
      parts.post(
          () -> {
            var _ = parts.links().send(peer.name(), digest());
          });
    }

    @Override
    public void onDown(NodeId peer) {
      // Gossip says who is down; a link alone proves nothing.
    }
  }

  private void tick() {
    long now = parts.now();
    moves.tick();
    reconciliation.tick(now);
    if (now - digestNanos >= DIGEST.toNanos()) {
      digestNanos = now;
      parts.table().forgetStopped(KEEP_STOPPED.toNanos(), now);
      parts.links().sendToAll(digest());
    }
    reconciliation.drain().tick();
    parts.after(moves.isIdle() ? TICK : BUSY_TICK, this::tick);
  }

  private WishMessage digest() {
    return parts.wishes().digest(types());
  }

  @Override
  public CompletableFuture<DrainReport> drain() {
    return reconciliation.drain().begin();
  }

  @Override
  public DrainReport drainProgress() {
    return reconciliation.drain().progress();
  }

  @Override
  public void close() {
    for (Hosted worker : ask(() -> lifecycle.workers().all(), List.<Hosted>of())) {
      parts.ports().processes().exit(worker.pid, new ExitReason.NodeLeaving(parts.selfName()));
    }
    isClosed = true;
    parts.loop().close();
  }
}
