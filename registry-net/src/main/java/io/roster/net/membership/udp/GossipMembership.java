package io.roster.net.membership.udp;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.Membership;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.net.membership.swim.Swim;
import io.roster.net.membership.wire.KeyOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership by gossip over datagrams and streams on one port. Thread-safe.
 *
 * <p>All decisions and all calls to listeners happen on one platform thread, {@code
 * membership@node}, so that no amount of other work delays them. Close it when done; {@link #leave}
 * first, if the node goes on purpose.
 */
public final class GossipMembership implements Membership, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GossipMembership.class);

  private final GossipSettings settings;
  private final MultiThreadIoEventLoopGroup threads;
  private final EventLoop loop;
  private final Sockets sockets;
  private final Swim swim;
  private final DatagramPort datagrams;
  private final StreamPort streams;
  private final Traffic traffic = new Traffic();
  private final Keys keys;
  private final Seals seals;
  private final SeedWatch seedWatch;
  private final List<Listener> listeners = new ArrayList<>();
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private final PublishedView view;
  private volatile Member self;

  /** The planned wake-up, and when it is; confined to the membership thread. */
  private @Nullable Future<?> wakeUp;

  private long wakeUpAtNanos = Long.MAX_VALUE;

  private GossipMembership(
      GossipSettings settings, MultiThreadIoEventLoopGroup threads, Sockets sockets) {
    this.settings = settings;
    this.threads = threads;
    this.loop = sockets.loop();
    this.sockets = sockets;
    var identity = settings.identity();
    var acquaintance = settings.acquaintance();
    this.keys =
        new Keys(
            identity.self(), identity.keyring(), acquaintance.memory(), acquaintance.nextKeys());
    this.seals = new Seals(keys::ring, identity.cluster());
    this.self = settings.firstSelf(sockets.port());
    this.swim = new Swim(self, settings.options(), RandomGenerator.of("L64X128MixRandom"));
    this.view = new PublishedView(swim);
    this.datagrams =
        new DatagramPort(
            seals.datagramSealer(),
            seals.datagramOpener(settings.options().reconnect().membersMax()),
            settings.surroundings().linkFilter(),
            traffic,
            (source, packet) -> step(new Input.Received(source, packet)));
    this.streams =
        new StreamPort(
            loop,
            seals,
            settings.surroundings().linkFilter(),
            settings.options().pushPull().timeout(),
            traffic,
            new StreamPort.Receiver() {
              @Override
              public void heard(long stream, StreamMessage message) {
                step(new Input.StreamHeard(stream, message));
              }

              @Override
              public void failed(long stream, boolean refused) {
                step(new Input.StreamFailed(stream, refused));
              }

              @Override
              public void ordered(long stream, KeyOrder order) {
                // The disk may be slow, and gossip does not wait for it.
                Thread.ofVirtual()
                    .name("keys@" + identity.self().name())
                    .start(
                        () -> {
                          var report = keys.perform(order);
                          loop.execute(() -> streams.report(stream, report));
                        });
              }
            });
    this.seedWatch =
        new SeedWatch(
            settings.identity().self().name(),
            settings.acquaintance().seeds(),
            () -> members().stream().filter(Member::isUp).count() <= 1,
            seeds -> {
              loop.execute(() -> step(new Input.Seeds(seeds)));
              remember();
            });
  }

  /**
   * Opens the port and joins. Returns at once; members come as they are found.
   *
   * @throws PortInUse if somebody else has the port
   * @throws IOException if the port cannot be opened for another reason
   */
  public static GossipMembership start(GossipSettings settings) throws IOException {
    var name = settings.identity().self().name();
    ThreadFactory factory = Thread.ofPlatform().daemon().name("membership@" + name).factory();
    var threads = new MultiThreadIoEventLoopGroup(1, factory, NioIoHandler.newFactory());
    try {
      var sockets = Sockets.bind(threads, settings.endpoint().bind());
      var membership = new GossipMembership(settings, threads, sockets);
      membership.begin();
      return membership;
    } catch (IOException | RuntimeException e) {
      var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw e;
    }
  }

  @Override
  public Member self() {
    return self;
  }

  @Override
  public List<Member> members() {
    return view.members();
  }

  @Override
  public Optional<Member> member(NodeName name) {
    return view.member(name);
  }

  /** {@inheritDoc} This node is told first, as up. */
  @Override
  public void subscribe(Listener listener) {
    loop.execute(
        () -> {
          for (Member member : members()) {
            if (member.isUp()) {
              tell(listener, new MemberEvent.Up(member));
            }
          }
          listeners.add(listener);
        });
  }

  @Override
  public void updateMetadata(UnaryOperator<NodeMetadata> change) {
    // What cannot be said is refused to whoever wants to say it; below it only could be logged.
    GossipSettings.checkSize(change.apply(self.metadata()));
    loop.execute(
        () -> {
          var next = change.apply(swim.self().metadata());
          GossipSettings.checkSize(next);
          step(new Input.Publish(next));
        });
  }

  /** Probes a member now: somebody saw its link break, say. */
  public void check(NodeName name) {
    if (closed.get()) {
      return;
    }
    loop.execute(() -> step(new Input.Check(name)));
  }

  /** The keys in use. */
  public Keyring keyring() {
    return keys.ring();
  }

  /**
   * Accepts the keys of {@code next} from now on and seals with its first one; on this node alone.
   */
  public void rotate(Keyring next) {
    keys.rotate(next);
  }

  /** The keys of all members, to be changed everywhere at once. */
  public KeyRotation keyRotation() {
    return new KeyRotation(this, keys, new SealedExchange(seals));
  }

  /** The smoothed round trip to a member, if one was measured. Waits for the membership thread. */
  public Optional<Duration> roundTrip(NodeName name) {
    return ask(() -> swim.roundTrip(name));
  }

  /** Local health and round trips of this moment. Waits for the membership thread. */
  public GossipPulse pulse() {
    if (closed.get()) {
      return GossipPulse.NONE;
    }
    return ask(
        () -> {
          var roundTrips = new HashMap<NodeName, Duration>();
          for (Member member : members()) {
            var name = member.id().name();
            swim.roundTrip(name).ifPresent(time -> roundTrips.put(name, time));
          }
          return new GossipPulse(swim.localHealth(), roundTrips);
        });
  }

  /** What this node's gossip has done so far. Waits for the membership thread. */
  public GossipStats stats() {
    return closed.get()
        ? stats(0, 0, 0)
        : ask(() -> stats(swim.localHealth(), swim.suspicions(), swim.pendingRumors()));
  }

  private GossipStats stats(int localHealth, int suspects, int pendingRumors) {
    return new GossipStats(
        traffic.datagramsSent.sum(),
        traffic.datagramsReceived.sum(),
        traffic.bytesSent.sum(),
        traffic.bytesReceived.sum(),
        traffic.streamsOpened.sum(),
        traffic.streamsAccepted.sum(),
        traffic.rejected(),
        traffic.judgements(),
        localHealth,
        suspects,
        pendingRumors);
  }

  /**
   * Says goodbye, so that nobody has to find out.
   *
   * @return whether it was said within {@code patience}
   */
  public boolean leave(Duration patience) throws InterruptedException {
    if (!closed.get()) {
      loop.execute(() -> step(new Input.Leave()));
    }
    try {
      left.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      return false;
    }
  }

  /**
   * Closes the port and ends the thread. Without {@link #leave} the others find out by themselves.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      seedWatch.close();
      loop.submit(
              () -> {
                streams.closeAll();
                sockets.close();
              })
          .awaitUninterruptibly(5, TimeUnit.SECONDS);
      threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
      remember();
    }
  }

  private void remember() {
    settings
        .acquaintance()
        .memory()
        .ifPresent(memory -> memory.save(settings.identity().self(), members()));
  }

  private void begin() throws IOException {
    sockets.install(datagrams, streams.acceptor());
    var known = settings.acquaintance().memory().map(NodeMemory::addresses).orElse(List.of());
    loop.execute(() -> step(new Input.Start(known)));
    seedWatch.begin(known);
    LOG.info(
        "{} gossips at {} in cluster \"{}\"",
        self.id(),
        self.gossipAddress(),
        settings.identity().cluster());
  }

  private void step(Input input) {
    if (closed.get()) {
      return;
    }
    try {
      guard(input, () -> decideAndPerform(input));
    } finally {
      planWakeUp();
    }
  }

  private void decideAndPerform(Input input) {
    var effects = swim.step(input, settings.surroundings().ticker().nowNanos());
    // Listeners that look must find what they are told.
    view.publish();
    self = swim.self();
    for (Effect effect : effects) {
      guard(effect, () -> perform(effect));
    }
  }

  /** A fault costs what it happened in, and neither what comes after it nor the next wake-up. */
  private void guard(Object what, Runnable action) {
    try {
      action.run();
    } catch (Throwable e) { // an Error as well: Netty would keep silent about it
      LOG.error("{} failed on {}", self.id(), what.getClass().getSimpleName(), e);
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Send(var to, var packet) -> {
        traffic.sent(packet.body());
        datagrams.send(sockets.datagrams(), to, packet);
      }
      case Effect.Echo(long sequence) ->
          datagrams.send(
              sockets.datagrams(),
              sockets.own(),
              new Packet(
                  self.id(),
                  new Packet.Ping(sequence, new Packet.Named(self.id().name())),
                  List.of()));
      case Effect.Open(long stream, var to, var first) -> streams.open(stream, to, first);
      case Effect.Say(long stream, var message, boolean last) -> streams.say(stream, message, last);
      case Effect.Close(long stream) -> streams.close(stream);
      case Effect.Announce(MemberEvent event) -> announce(event);
      case Effect.Left() -> left.complete(null);
      case Effect.Superseded(NodeId by) -> {
        LOG.error("{} has been replaced by {} and falls silent", self.id(), by);
        settings.surroundings().onSuperseded().accept(by);
      }
    }
  }

  private void announce(MemberEvent event) {
    log(event);
    traffic.happened(event);
    for (Listener listener : listeners) {
      tell(listener, event);
    }
  }

  private void log(MemberEvent event) {
    var who = event.member().id();
    switch (event) {
      case MemberEvent.Up(Member up) ->
          LOG.info("{}: {} at {} is up", self.id(), who, up.gossipAddress());
      case MemberEvent.Down(Member down) when down.state() == MemberState.LEFT ->
          LOG.info("{}: {} has left", self.id(), who);
      case MemberEvent.Down _ -> LOG.info("{}: {} is dead", self.id(), who);
      case MemberEvent.Suspected _ -> LOG.info("{}: {} is suspected to be dead", self.id(), who);
      case MemberEvent.Refuted _ -> LOG.info("{}: {} is not suspected any more", self.id(), who);
      case MemberEvent.Updated(Member updated) -> LOG.debug("{}: now {}", self.id(), updated);
    }
  }

  private static void tell(Listener listener, MemberEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      // One listener's fault is not the next one's, nor the membership's.
      LOG.error("a membership listener failed on {}", event, e);
    }
  }

  private void planWakeUp() {
    long at = swim.wakeAtNanos();
    var planned = wakeUp;
    if (planned != null && !planned.isDone() && wakeUpAtNanos <= at) {
      // It comes early, and plans the next one then.
      return;
    }
    if (planned != null) {
      planned.cancel(false);
    }
    if (at == Long.MAX_VALUE || closed.get()) {
      wakeUp = null;
      return;
    }
    wakeUpAtNanos = at;
    long delay = Math.max(0, at - settings.surroundings().ticker().nowNanos());
    wakeUp =
        loop.schedule(
            () -> {
              wakeUpAtNanos = Long.MAX_VALUE;
              step(new Input.Wake());
            },
            delay,
            TimeUnit.NANOSECONDS);
  }

  private <T> T ask(java.util.function.Supplier<T> question) {
    if (loop.inEventLoop()) {
      return question.get();
    }
    var answer = new CompletableFuture<T>();
    loop.execute(() -> answer.complete(question.get()));
    return answer.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
