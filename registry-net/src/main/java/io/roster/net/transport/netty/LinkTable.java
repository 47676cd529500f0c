package io.roster.net.transport.netty;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.transport.Backoff;
import io.roster.net.transport.Transport.LinkListener;
import io.roster.net.transport.netty.Link.State;
import io.roster.net.transport.netty.OfferRule.Decision;
import io.roster.net.wire.LinkMessage.Data;
import io.roster.net.wire.LinkMessage.Dialler;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Refused;
import io.roster.net.wire.LinkMessage.Seat;
import io.roster.net.wire.RefusalCode;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Everything that is decided about links is decided here, on one thread; channels report to it and
 * are told by it. So a link goes through MAKING → UP → CLOSING once, and listeners hear of all
 * links in one order.
 *
 * Invariant: at most one link per peer's name is not CLOSING, and it becomes UP only after the one
 * before it has ended: every lane of that one has promised to hand nothing on any more, and its
 * onDown has returned.
 */
/** All links of one node. Confined to its own thread but for {@link #up}. */
final class LinkTable implements AcceptHandshake.Door {

  private static final Logger LOG = LoggerFactory.getLogger(LinkTable.class);

  /** How long the node of the higher name leaves it to the other one to dial. */
  private static final Duration POLITENESS = Duration.ofMillis(250);

  private final NodeId self;
  private final LinkOptions options;
  private final Connector connector;
  private final FrameSink sink;
  private final DefaultEventExecutor thread;
  private final SecureRandom random = new SecureRandom();
  private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();

  /** Links that are up, for senders. Written by the table's thread alone. */
  private final ConcurrentMap<NodeName, Link> up = new ConcurrentHashMap<>();

  private final Map<NodeName, PeerSlot> slots = new HashMap<>();
  private boolean closing;

  LinkTable(NodeId self, LinkOptions options, Connector connector, FrameSink sink) {
    this.self = self;
    this.options = options;
    this.connector = connector;
    this.sink = sink;
    this.thread = new DefaultEventExecutor(EventLoops.named("links", self.name().value()));
    long beat = options.times().beat().toNanos();
    var _ = thread.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.NANOSECONDS);
  }

  // Any thread.

  Optional<Link> up(NodeName peer) {
    return Optional.ofNullable(up.get(peer));
  }

  java.util.Collection<Link> allUp() {
    return up.values();
  }

  void listen(LinkListener listener) {
    listeners.add(listener);
  }

  /** Runs {@code task} on the table's thread; after the end nothing is left to be done. */
  private void run(Runnable task) {
    if (thread.isShuttingDown()) {
      return;
    }
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: the table of links has ended", self, e);
    }
  }

  void want(NodeId peer, InetSocketAddress address) {
    run(() -> wantNow(peer, address));
  }

  void forget(NodeName peer, long incarnationMax, String reason) {
    run(() -> forgetNow(peer, incarnationMax, reason));
  }

  void disconnect(NodeId peer, String reason) {
    run(
        () ->
            Optional.ofNullable(slots.get(peer.name()))
                .flatMap(PeerSlot::link)
                .filter(link -> link.peer().incarnation() <= peer.incarnation())
                .ifPresent(link -> close(link, reason)));
  }

  void breakLink(Link link, String reason) {
    run(() -> close(link, reason));
  }

  @Override
  public void onProven(Hello hello, Lane lane, Consumer<Optional<Refused>> answer) {
    run(() -> judge(hello, lane, answer));
  }

  /** Ends every link; the future is done when the last listener has heard of the last one. */
  CompletableFuture<Void> close() {
    var done = new CompletableFuture<Void>();
    run(() -> closeAll(done));
    return done;
  }

  // The table's thread: wishes.

  private PeerSlot slot(NodeName peer) {
    return slots.computeIfAbsent(peer, PeerSlot::new);
  }

  private void wantNow(NodeId peer, InetSocketAddress address) {
    if (closing) {
      return;
    }
    var slot = slot(peer.name());
    if (!slot.want(peer, address)) {
      return;
    }
    var link = slot.link();
    if (link.isEmpty()) {
      boolean polite = self.compareTo(peer) > 0;
      redialIn(slot, polite ? POLITENESS : Duration.ZERO);
    } else if (link.get().peer().incarnation() < peer.incarnation()) {
      close(link.get(), "a later start, " + peer + ", is known");
    }
  }

  private void forgetNow(NodeName peer, long incarnationMax, String reason) {
    var slot = slots.get(peer);
    if (slot == null) {
      return;
    }
    slot.forget(incarnationMax);
    slot.link()
        .filter(link -> link.peer().incarnation() <= incarnationMax)
        .ifPresent(link -> close(link, reason));
    dropIfIdle(slot);
  }

  private void dropIfIdle(PeerSlot slot) {
    if (slot.isIdle()) {
      slots.remove(slot.name());
    }
  }

  // The table's thread: links that this node dials.

  private void redialIn(PeerSlot slot, Duration pause) {
    slot.redial(thread.schedule(() -> dial(slot), pause.toNanos(), TimeUnit.NANOSECONDS));
  }

  private void dial(PeerSlot slot) {
    var wanted = slot.wanted();
    if (closing || wanted.isEmpty() || slot.link().isPresent()) {
      return;
    }
    long id;
    do {
      id = random.nextLong();
    } while (id == 0);
    var link = Link.dialled(id, wanted.get().peer(), options.limits().dataLanes() + 1);
    slot.begin(link);
    dialLane(new Dial(slot, link, wanted.get()), 0);
  }

  private void dialLane(Dial dial, int index) {
    var link = dial.link;
    var hello =
        new Hello(
            Handshake.PROTOCOL_MIN,
            Handshake.PROTOCOL_MAX,
            options.cluster(),
            new Dialler.Node(self),
            new Seat(link.id(), index, link.laneCount(), dial.slot.lostLink()),
            Handshake.nonce(random));
    connector.dial(
        dial.wanted.address(),
        hello,
        Optional.of(link.peer()),
        new DialHandshake.Outcome() {
          @Override
          public void onGreeted() {
            run(link::greeted);
          }

          @Override
          public void onOpen(Lane lane, NodeId peer) {
            run(() -> onAnswer(dial, index, lane, peer));
          }

          @Override
          public void onFailed(RefusalCode code, String detail) {
            run(() -> onRefusal(dial, code, detail));
          }
        });
  }

  @SuppressWarnings("ParameterNumber") // the state of one dial
  private void onAnswer(Dial dial, int index, Lane lane, NodeId peer) {
    var link = dial.link;
    lane.ownedBy(new LaneOwner(link));
    if (index == 0) {
      link.answeredBy(peer);
    }
    if (!link.peer().equals(peer) || !link.add(index, lane)) {
      lane.shut("the link is not wanted any more", () -> {});
      return;
    }
    if (index == 0) {
      for (int next = 1; next < link.laneCount(); next++) {
        dialLane(dial, next);
      }
    }
    if (link.isComplete()) {
      goUp(dial.slot, link);
    }
  }

  private void onRefusal(Dial dial, RefusalCode code, String detail) {
    var wanted = dial.wanted;
    if (dial.link.state() != State.MAKING) {
      return;
    }
    if (dial.slot.isNewFailure(code + detail) && code != RefusalCode.CROSSED) {
      LOG.warn("{}: no link to {} at {}: {}", self, wanted.peer(), wanted.address(), detail);
    } else {
      LOG.debug("{}: no link to {} at {}: {}", self, wanted.peer(), wanted.address(), detail);
    }
    close(dial.link, detail);
  }

  // The table's thread: links that peers dial.

  private void judge(Hello hello, Lane lane, Consumer<Optional<Refused>> answer) {
    switch (hello.dialler()) {
      case Dialler.Node(NodeId peer) -> {
        var slot = slot(peer.name());
        slot.whenSettled(
            () -> {
              if (hello.seat().lane() == 0) {
                judgeOffer(slot, peer, hello.seat(), lane, answer);
              } else {
                judgeLane(slot, peer, hello.seat(), lane, answer);
              }
            });
      }
      case Dialler.Client _ ->
          throw new IllegalStateException("invariant: clients come in by another door");
    }
  }

  private void judgeOffer(
      PeerSlot slot, NodeId peer, Seat seat, Lane lane, Consumer<Optional<Refused>> answer) {
    if (closing) {
      refuse(answer, RefusalCode.CLOSING, self + " is closing");
      return;
    }
    if (seat.lanes() < 2) {
      refuse(answer, RefusalCode.MALFORMED, "expected at least 2 lanes, got: " + seat.lanes());
      return;
    }
    if (slot.isStale(peer)) {
      refuse(answer, RefusalCode.STALE, "a later start is known, got: " + peer);
      return;
    }
    var present = slot.link().flatMap(Link::present);
    switch (OfferRule.decide(self, peer, seat.lostLink(), present)) {
      case Decision.Take() -> take(slot, peer, seat, lane, answer);
      case Decision.Refuse(RefusalCode code, String detail) -> refuse(answer, code, detail);
      case Decision.Replace(String reason) -> {
        slot.link().ifPresent(link -> close(link, reason));
        slot.whenSettled(() -> judgeOffer(slot, peer, seat, lane, answer));
      }
    }
  }

  private void take(
      PeerSlot slot, NodeId peer, Seat seat, Lane lane, Consumer<Optional<Refused>> answer) {
    var link = Link.taken(seat.link(), peer, seat.lanes());
    slot.begin(link);
    link.add(0, lane);
    lane.ownedBy(new LaneOwner(link));
    answer.accept(Optional.empty());
    var _ =
        thread.schedule(
            () -> giveUpIfIncomplete(link),
            options.times().handshake().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void giveUpIfIncomplete(Link link) {
    if (link.state() == State.MAKING) {
      close(link, "not all lanes came within " + options.times().handshake());
    }
  }

  private void judgeLane(
      PeerSlot slot, NodeId peer, Seat seat, Lane lane, Consumer<Optional<Refused>> answer) {
    var link = slot.link().filter(found -> found.id() == seat.link());
    if (link.isEmpty()
        || !link.get().peer().equals(peer)
        || link.get().dialledHere()
        || !link.get().add(seat.lane(), lane)) {
      refuse(answer, RefusalCode.CROSSED, "the link that this lane belongs to is gone");
      return;
    }
    lane.ownedBy(new LaneOwner(link.get()));
    answer.accept(Optional.empty());
    if (link.get().isComplete()) {
      goUp(slot, link.get());
    }
  }

  private static void refuse(Consumer<Optional<Refused>> answer, RefusalCode code, String detail) {
    answer.accept(Optional.of(new Refused(code, detail)));
  }

  // The table's thread: the life of a link.

  private void goUp(PeerSlot slot, Link link) {
    link.enter(State.UP);
    slot.wentUp(link);
    up.put(link.peer().name(), link);
    LOG.info("{}: {} is up", self, link);
    tell(listener -> listener.onUp(link.peer()));
    // After the listeners: no frame is handed on before onUp.
    link.lanes().forEach(Lane::open);
  }

  private void close(Link link, String reason) {
    if (link.state() == State.CLOSING) {
      return;
    }
    boolean wasUp = link.state() == State.UP;
    link.enter(State.CLOSING);
    up.remove(link.peer().name(), link);
    if (wasUp) {
      LOG.info("{}: {} is down: {}", self, link, reason);
    }
    var lanes = link.lanes();
    var open = new int[] {lanes.size()};
    if (lanes.isEmpty()) {
      run(() -> ended(link, wasUp));
    }
    for (Lane lane : lanes) {
      lane.shut(
          reason,
          () ->
              run(
                  () -> {
                    if (--open[0] == 0) {
                      ended(link, wasUp);
                    }
                  }));
    }
  }

  /** Nothing more comes of {@code link}. */
  private void ended(Link link, boolean wasUp) {
    if (wasUp) {
      tell(listener -> listener.onDown(link.peer()));
    }
    var slot = slot(link.peer().name());
    slot.ended(link, wasUp);
    if (!closing && slot.link().isEmpty() && slot.wanted().isPresent()) {
      var times = options.times();
      redialIn(
          slot,
          Backoff.pause(
              times.redialMin(), times.redialMax(), slot.failures(), random.nextDouble()));
    }
    dropIfIdle(slot);
  }

  private void tell(Consumer<LinkListener> news) {
    for (LinkListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("{}: a listener of links failed", self, e);
      }
    }
  }

  private void beat() {
    for (PeerSlot slot : List.copyOf(slots.values())) {
      slot.link().filter(link -> link.state() == State.UP).ifPresent(this::beat);
    }
  }

  private void beat(Link link) {
    int silent = link.countBeat();
    if (silent > options.times().silentBeatsMax()) {
      close(link, "silent for " + silent + " beats of " + options.times().beat());
      return;
    }
    link.lanes().getFirst().say(new io.roster.net.wire.LinkMessage.Heartbeat());
  }

  private void closeAll(CompletableFuture<Void> done) {
    closing = true;
    for (PeerSlot slot : List.copyOf(slots.values())) {
      slot.forget(Long.MAX_VALUE);
      slot.link().ifPresent(link -> close(link, self + " is closing"));
    }
    awaitEnd(done);
  }

  private void awaitEnd(CompletableFuture<Void> done) {
    if (slots.values().stream().allMatch(PeerSlot::isSettled)) {
      done.complete(null);
      var _ = thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    } else {
      var _ = thread.schedule(() -> awaitEnd(done), 5, TimeUnit.MILLISECONDS);
    }
  }

  /** A link that this node dials, and to whom. */
  private record Dial(PeerSlot slot, Link link, PeerSlot.Wanted wanted) {}

  /** Reports what happens on the lanes of one link. */
  private final class LaneOwner implements Lane.Owner {

    private final Link link;

    LaneOwner(Link link) {
      this.link = link;
    }

    @Override
    public void onData(Lane lane, Data data) {
      sink.onData(link.peer(), data);
    }

    @Override
    public void onBeat(Lane lane) {}

    @Override
    public void onClosed(Lane lane, String reason) {
      run(() -> close(link, reason));
    }
  }

  /** Opens connections. */
  @FunctionalInterface
  interface Connector {

    /** Opens one and shakes hands. */
    void dial(
        InetSocketAddress address,
        Hello hello,
        Optional<NodeId> expected,
        DialHandshake.Outcome outcome);
  }

  /** Takes what peers send, on channels' threads. */
  @FunctionalInterface
  interface FrameSink {

    /** Takes one message. */
    void onData(NodeId from, Data data);
  }
}
