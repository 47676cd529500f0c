package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.NodeMetadata;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One node's part of the gossip: SWIM with Lifeguard, decided without clock, thread or socket.
 *
 * <p>Feed it with {@link #step}, perform the effects in their order, and step it with {@link
 * Input.Wake} when {@link #wakeAtNanos} comes. Equal inputs, times and random numbers give equal
 * effects. Confined to one thread.
 *
 * @see <a href="https://www.cs.cornell.edu/projects/Quicksilver/public_pdfs/SWIM.pdf">SWIM</a>
 * @see <a href="https://arxiv.org/abs/1707.00788">Lifeguard</a>
 */
public final class Swim {

  private static final Duration FORGET_INTERVAL = Duration.ofMinutes(1);
  private static final int MEETINGS = 3;

  private final Context context;
  private final LocalMember local;
  private final Suspicions suspicions;
  private final View view;
  private final Prober prober;
  private final Streams streams;
  private final Sync sync;
  private final Replies replies;
  private final Reconnect reconnect;
  private final Relays relays;
  private final Contacts contacts = new Contacts();
  private final Echo echo;
  private long pausedNanos;

  /**
   * A machine that knows only itself.
   *
   * @param self what this node says of itself at first; alive
   * @param random where all its random choices come from
   */
  public Swim(Member self, GossipOptions options, RandomGenerator random) {
    this(self, options, new MemberTable(self.id().name(), MemberTable.Base.EMPTY, random), random);
    context.table.put(self, 0);
  }

  private Swim(Member self, GossipOptions options, MemberTable table, RandomGenerator random) {
    this.context = new Context(self.id(), options, table, random);
    this.local = new LocalMember(context, this::supersede);
    this.echo = new Echo(context);
    this.suspicions = new Suspicions(context, echo);
    this.view = new View(context, local, suspicions, new Consequences());
    this.streams = new Streams(context);
    this.relays = new Relays(context);
    this.prober = new Prober(context, view, streams, contacts, echo);
    this.sync = new Sync(context, view, streams);
    this.replies = new Replies(context, local, sync);
    this.reconnect = new Reconnect(context);
  }

  /** Rows that many simulated machines share. Immutable. */
  public static final class SharedView {
    private final MemberTable.Base base;

    /** A view in which all of {@code members} are alive. */
    public SharedView(List<Member> members) {
      this.base = MemberTable.Base.of(members);
    }

    /** A machine of one of the members, which knows all of them. */
    public Swim machine(Member self, GossipOptions options, RandomGenerator random) {
      return new Swim(self, options, new MemberTable(self.id().name(), base, random), random);
    }
  }

  /**
   * Takes one input.
   *
   * @param nowNanos the moment, on a monotonic clock; never before that of the last step
   * @return what to do, in order
   */
  public List<Effect> step(Input input, long nowNanos) {
    if (context.isSilent()) {
      return List.of();
    }
    noticePause(nowNanos);
    context.nowNanos = nowNanos - pausedNanos;
    take(input);
    runDue();
    suspicions.reconsider();
    return context.drainEffects();
  }

  /**
   * When to step with {@link Input.Wake} if nothing else happens; {@link Long#MAX_VALUE}: never.
   */
  public long wakeAtNanos() {
    long next = context.agenda.nextAtNanos();
    return context.isSilent() || next == Agenda.NEVER ? Agenda.NEVER : next + pausedNanos;
  }

  /** This node. */
  public Member self() {
    return context.own();
  }

  /** All members that are known and not forgotten, sorted by name. */
  public List<Member> members() {
    var members = new ArrayList<Member>(context.table.size());
    context.table.forEach(members::add);
    members.sort(Comparator.comparing(Member::id));
    return members;
  }

  /** The latest known start of {@code name}. */
  public Optional<Member> member(NodeName name) {
    return context.table.get(name);
  }

  /**
   * Tells {@code watcher}, and nobody before it any more, the name of each row that changes or is
   * forgotten from now on, while {@link #step} runs.
   */
  public void watch(Consumer<NodeName> watcher) {
    context.table.watch(watcher);
  }

  /** Sixteen bytes that are equal for equal views. */
  public StreamMessage.Digest digest() {
    return context.table.digest();
  }

  /** How much this node doubts itself: zero is healthy. */
  public int localHealth() {
    return context.health.score();
  }

  /** The smoothed round trip to a member, if one was measured. */
  public Optional<Duration> roundTrip(NodeName name) {
    return contacts.roundTrip(name);
  }

  /** How many members are up, this one among them. */
  public int upCount() {
    return context.table.upCount();
  }

  /** How many news wait to be passed on. */
  public int pendingRumors() {
    return context.rumors.size();
  }

  /** How many suspicions run. */
  public int suspicions() {
    return suspicions.size();
  }

  /** Whether it was replaced by a later start of its name, and does nothing any more. */
  public boolean isSilent() {
    return context.isSilent();
  }

  private void take(Input input) {
    switch (input) {
      case Input.Start(List<InetSocketAddress> seeds) -> start(seeds);
      case Input.Wake() -> {
        // What is due runs in any case.
      }
      case Input.Received(InetSocketAddress source, Packet packet) -> received(source, packet);
      case Input.StreamHeard(long stream, StreamMessage message) -> heard(stream, message);
      case Input.StreamFailed(long stream, boolean refused) -> failed(stream, refused);
      case Input.Seeds(List<InetSocketAddress> seeds) -> join(seeds);
      case Input.Publish(NodeMetadata metadata) -> local.publish(metadata);
      case Input.Check(NodeName name) -> prober.check(name, Prober.Check.URGENT);
      case Input.Leave() -> local.leave();
    }
  }

  private void start(List<InetSocketAddress> seeds) {
    join(seeds);
    var options = context.options;
    local.began();
    echo.ask();
    // A random beginning, so that nodes that start together do not probe together.
    context.agenda.at(
        context.nowNanos + context.random.nextLong(options.probes().interval().toNanos()),
        new Agenda.Alarm.ProbeNext());
    context.afterAbout(
        options.reconnect().interval().dividedBy(2), new Agenda.Alarm.ReconnectNow());
    context.agenda.at(
        context.nowNanos + context.random.nextLong(options.pushPull().interval().toNanos()),
        new Agenda.Alarm.SyncNow());
    context.afterAbout(FORGET_INTERVAL, new Agenda.Alarm.ForgetNow());
  }

  private void join(List<InetSocketAddress> seeds) {
    reconnect.seeds(seeds).stream().limit(MEETINGS).forEach(sync::with);
  }

  private void received(InetSocketAddress source, Packet packet) {
    var from = packet.from();
    if (from.equals(context.self)) {
      heardSelf(source, packet.body());
      return;
    }
    contacts.heard(from.name(), context.nowNanos);
    boolean wasDown = replies.isDown(from);
    boolean lacking = false;
    boolean accusing = false;
    for (Rumor rumor : packet.rumors()) {
      switch (rumor) {
        case Rumor.Told(Member member) -> view.told(member, 0);
        case Rumor.Refuted refuted -> lacking |= view.refuted(refuted);
        case Rumor.Accused accused -> {
          accusing |= accused.about().equals(context.self);
          view.accused(accused);
        }
      }
      if (context.isSilent()) {
        return;
      }
    }
    boolean answered = answer(source, packet, accusing);
    replies.settle(source, from, answered, accusing);
    boolean bridge = wasDown && replies.bridges(from);
    if (bridge || lacking) {
      sync.with(source);
    }
  }

  /**
   * What this node sent to itself is back; had it been held up, others' answers had been too. A
   * question to anybody that comes from elsewhere may be a twin's: with nobody else there, nobody
   * else tells the two of each other.
   */
  private void heardSelf(InetSocketAddress source, Packet.Body body) {
    if (body instanceof Packet.Ping(_, Packet.Anybody())) {
      if (!source.equals(context.own().gossipAddress())) {
        sync.with(source);
      }
    } else if (body instanceof Packet.Ping(long sequence, _)) {
      long late = echo.heard(sequence);
      if (late > context.options.probes().timeout().toNanos()) {
        context.health.worse(1);
        suspicions.giveBack(late);
      }
    }
  }

  /** Answers what was asked; whether the sender has been sent something. */
  private boolean answer(InetSocketAddress source, Packet packet, boolean accusing) {
    switch (packet.body()) {
      case Packet.News() -> {
        return false;
      }
      case Packet.Ping(long sequence, Packet.Addressee addressee) -> {
        if (!isForMe(addressee)) {
          return false;
        }
        replies.ack(source, packet.from(), sequence, accusing);
        return true;
      }
      case Packet.Ack(long sequence, NodeId who) -> {
        if (!prober.acked(sequence, who, who.equals(packet.from()))) {
          relays.answered(sequence, who);
        }
        return false;
      }
      case Packet.PingRequest request -> {
        relays.ask(packet.from().name(), source, request);
        return false;
      }
      case Packet.Nack(long sequence) -> {
        prober.nacked(sequence);
        return false;
      }
    }
  }

  private boolean isForMe(Packet.Addressee addressee) {
    return switch (addressee) {
      case Packet.Anybody() -> true;
      case Packet.Named(NodeName name) -> name.equals(context.self.name());
    };
  }

  private void heard(long stream, StreamMessage message) {
    switch (message) {
      case StreamMessage.Probe(NodeId from, NodeName target) -> probed(stream, from, target);
      case StreamMessage.Alive(NodeId who) -> {
        contacts.heard(who.name(), context.nowNanos);
        streams
            .purpose(stream)
            .ifPresent(
                purpose -> {
                  if (purpose instanceof Streams.ForProbe(long sequence)) {
                    prober.streamAnswered(sequence, who);
                  }
                });
        streams.close(stream);
      }
      case StreamMessage.Compare compare -> sync.compare(stream, compare);
      case StreamMessage.Same() -> streams.close(stream);
      case StreamMessage.Versions versions -> {
        if (streams.purpose(stream).isPresent()) {
          sync.versions(stream, versions);
        }
      }
      case StreamMessage.Rows rows -> sync.rows(stream, rows);
      case StreamMessage.WhoIs(NodeName name) -> sync.whoIs(stream, name);
      case StreamMessage.ThisIs latest -> sync.thisIs(stream, latest);
    }
  }

  private void probed(long stream, NodeId from, NodeName target) {
    if (target.equals(context.self.name())) {
      context.emit(new Effect.Say(stream, new StreamMessage.Alive(context.self), true));
      // Whoever needs a stream to reach this node may not have been heard here for a while.
      prober.check(from.name(), Prober.Check.GLANCE);
    } else {
      context.emit(new Effect.Close(stream));
    }
  }

  private void failed(long stream, boolean refused) {
    streams
        .gone(stream)
        .ifPresent(
            purpose -> {
              switch (purpose) {
                case Streams.ForProbe(long sequence) -> prober.streamFailed(sequence, refused);
                case Streams.ForSync _ -> {
                  // Seeds and members are tried again anyway.
                }
              }
            });
  }

  private void runDue() {
    var due = context.agenda.takeDue(context.nowNanos);
    while (due.isPresent() && !context.isSilent()) {
      run(due.get());
      due = context.agenda.takeDue(context.nowNanos);
    }
  }

  private void run(Agenda.Alarm alarm) {
    switch (alarm) {
      case Agenda.Alarm.ProbeNext() -> {
        if (!context.leaving) {
          prober.next();
        }
      }
      case Agenda.Alarm.ProbeSlow(long sequence) -> prober.slow(sequence);
      case Agenda.Alarm.ProbeAgain(long sequence) -> prober.repeat(sequence);
      case Agenda.Alarm.ProbeOver(long sequence) -> prober.over(sequence);
      case Agenda.Alarm.RelayLate(long sequence) -> relays.late(sequence);
      case Agenda.Alarm.RelayOver(long sequence) -> relays.over(sequence);
      case Agenda.Alarm.SuspicionOver(NodeName name) -> view.suspicionOver(name);
      case Agenda.Alarm.GossipNow() -> context.gossip();
      case Agenda.Alarm.SyncNow() -> sync.next();
      case Agenda.Alarm.SyncSettled() -> sync.settled();
      case Agenda.Alarm.ReconnectNow() -> {
        if (!context.leaving) {
          reconnect.tick();
        }
      }
      case Agenda.Alarm.ForgetNow() -> {
        context.afterAbout(FORGET_INTERVAL, new Agenda.Alarm.ForgetNow());
        for (NodeName name : reconnect.forget()) {
          contacts.forget(name);
          view.forget(name);
        }
      }
      case Agenda.Alarm.LeaveOver() -> {
        context.fallSilent(new Effect.Left());
      }
    }
  }

  /** A machine that wakes long after its alarm was paused itself: nobody else is to blame. */
  private void noticePause(long nowNanos) {
    long tolerance = context.options.health().pauseTolerance().toNanos();
    long due = wakeAtNanos();
    long late = due == Agenda.NEVER ? 0 : nowNanos - due;
    if (tolerance > 0 && late > tolerance) {
      pausedNanos += late;
      context.health.worse(1);
    }
  }

  private void supersede(NodeId by) {
    context.fallSilent(new Effect.Superseded(by));
  }

  /** What follows from changes of the view. */
  private final class Consequences implements View.Consequences {

    @Override
    public void check(NodeName name, Prober.Check check) {
      prober.check(name, check);
    }

    @Override
    public void meet(Member member) {
      reconnect.noteOwner(member);
      sync.afterMeeting();
      // All hear of a newcomer; a few of them are enough to tell it everything.
      if (context.random.nextInt(context.table.upCount()) < MEETINGS) {
        sync.with(member.gossipAddress());
      }
    }
  }
}
