package io.roster.node.names;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.process.ExitHook;
import io.roster.core.signal.ExitReason;
import io.roster.core.time.HybridClock;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Transport;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.protocol.Effect;
import io.roster.node.names.protocol.Input;
import io.roster.node.names.protocol.NameTable;
import io.roster.node.names.protocol.NamesMessage;
import io.roster.node.names.protocol.TableReport;
import io.roster.node.names.wire.MalformedNamesException;
import io.roster.node.names.wire.NamesCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects a {@link NameTable} to processes, links, gossip and the arbiter. No rule lives here. */
final class NamesShell implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NamesShell.class);

  private final NamesPorts ports;
  private final NamesOptions options;
  private final NodeId self;
  private final Replica replica = new Replica();
  private final Watches watches = new Watches();
  private final ConflictLog conflicts = new ConflictLog();
  private final NamesLoop loop;
  private final NamesLoop.Outgoing transfers;
  private final ExitHook exitHook = this::processEnded;
  private final AtomicLong requests = new AtomicLong();
  private final ConcurrentHashMap<Long, Waiting> registrations = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, CompletableFuture<Boolean>> removals =
      new ConcurrentHashMap<>();

  /** A registration whose caller waits. */
  private record Waiting(ProcessName name, CompletableFuture<Registration> outcome) {}

  NamesShell(NamesPorts ports, NamesOptions options) {
    this.ports = ports;
    this.options = options;
    this.self = ports.transport().self();
    var ticker = ports.time().ticker();
    this.loop =
        new NamesLoop(
            new NameTable(self, options.table(), options.resolver(), ticker.nowNanos()),
            ticker,
            new NamesLoop.Outgoing(ports.transport(), options.scope()),
            this::perform);
    this.transfers = new NamesLoop.Outgoing(ports.transport(), options.scope());
  }

  void start() {
    ports.transport().onFrames(Feature.NAMES, this::frame);
    ports.transport().onLinks(new Links());
    ports.transport().peers().forEach(peer -> loop.offer(new Input.LinkUp(peer)));
    ports.membership().subscribe(this::memberEvent);
    ports.store().onRepair(() -> loop.offer(new Input.StoreRepaired()));
    loop.start();
    scanLater();
  }

  NamesPorts ports() {
    return ports;
  }

  NamesOptions options() {
    return options;
  }

  Replica replica() {
    return replica;
  }

  Watches watches() {
    return watches;
  }

  List<Conflict> conflicts() {
    return conflicts.list();
  }

  CompletableFuture<Registration> register(
      ProcessName name, Pid pid, Map<String, String> metadata, Input.Mode mode) {
    requireLocal(pid);
    // Bad metadata is the caller's to hear of, not the loop's.
    var _ = Claim.first(name, 0, pid, new RegistrationId(self, 0), metadata);
    if (loop.isClosed()) {
      return CompletableFuture.completedFuture(
          new Registration.Refused(name, "node " + self.name() + " is closing its names"));
    }
    if (!attach(pid)) {
      return CompletableFuture.completedFuture(new Registration.NotAlive(name, pid));
    }
    long request = requests.incrementAndGet();
    var outcome = new CompletableFuture<Registration>();
    registrations.put(request, new Waiting(name, outcome));
    var time = ports.time();
    loop.offer(
        new Input.Register(
            request,
            name,
            pid,
            metadata,
            mode,
            time.hybrid().next(),
            time.ticker().nowNanos() + options.registerTimeout().toNanos()));
    if (!replica.isAttached(pid)) {
      // It ended before the claim was offered, so its end may have been told too early.
      loop.offer(new Input.Exited(pid));
    }
    return outcome;
  }

  CompletableFuture<Registration> transfer(ProcessName name, Pid from, Pid to) {
    if (to.node().equals(self)) {
      return register(name, to, Map.of(), new Input.Mode.HandOver(from));
    }
    long request = requests.incrementAndGet();
    var outcome = new CompletableFuture<Registration>();
    registrations.put(request, new Waiting(name, outcome));
    var message = new NamesMessage.TransferRequest(request, name, from, to);
    if (!ports.transport().peers().contains(to.node()) || !sendTransfer(to.node(), message)) {
      registrations.remove(request);
      outcome.complete(new Registration.Refused(name, "no link to node " + to.node()));
      return outcome;
    }
    var _ =
        ports
            .time()
            .timers()
            .after(
                options.registerTimeout(),
                () -> answer(request, new Registration.Unknown(name, "waited for " + to.node())));
    return outcome;
  }

  CompletableFuture<Boolean> unregister(ProcessName name, Pid pid) {
    requireLocal(pid);
    long request = requests.incrementAndGet();
    var outcome = new CompletableFuture<Boolean>();
    removals.put(request, outcome);
    loop.offer(new Input.Unregister(request, name, pid));
    return outcome;
  }

  CompletableFuture<TableReport> report() {
    var report = new CompletableFuture<TableReport>();
    loop.look(table -> report.complete(table.report()));
    return report;
  }

  @Override
  public void close() {
    loop.close();
    registrations.forEach(
        (request, waiting) ->
            answer(request, new Registration.Unknown(waiting.name(), "names are closed")));
    removals.values().forEach(removal -> removal.complete(false));
  }

  private void requireLocal(Pid pid) {
    if (!pid.node().equals(self)) {
      throw new IllegalArgumentException("expected a process of node " + self + ", got: " + pid);
    }
  }

  /* Attached before the claim is offered: the end of the process then always comes after it. */
  private boolean attach(Pid pid) {
    var _ = replica.attach(pid);
    if (ports.processes().onExit(pid, exitHook)) {
      return true;
    }
    replica.processEnded(pid);
    return false;
  }

  private void processEnded(Pid pid, ExitReason reason) {
    replica.processEnded(pid);
    loop.offer(new Input.Exited(pid));
  }

  private void memberEvent(MemberEvent event) {
    var node = event.member().id();
    if (node.equals(self)) {
      return;
    }
    switch (event) {
      case MemberEvent.Up(Member _) -> {
        replica.nodeUp(node);
        loop.offer(new Input.MemberUp(node));
      }
      case MemberEvent.Down(Member _) -> {
        replica.nodeDown(node);
        loop.offer(new Input.MemberDown(node));
      }
      case MemberEvent.Suspected _, MemberEvent.Refuted _, MemberEvent.Updated _ -> {}
    }
  }

  private void frame(NodeId from, Frame frame) {
    try {
      var scoped = NamesCodec.decode(frame.payload());
      if (!scoped.scope().equals(options.scope())) {
        return;
      }
      switch (scoped.message()) {
        case NamesMessage.TransferRequest request -> transferFor(from, request);
        case NamesMessage.TransferAnswer(long request, var registration) ->
            answer(request, registration);
        case NamesMessage.Digest _,
            NamesMessage.Want _,
            NamesMessage.Delta _,
            NamesMessage.Snapshot _,
            NamesMessage.Verify _,
            NamesMessage.Verified _,
            NamesMessage.Contest _,
            NamesMessage.Verdicts _ ->
            loop.offerFrame(new Input.Received(from, scoped.message()));
      }
    } catch (MalformedNamesException e) {
      LOG.warn("node {}: {}", from, e.getMessage());
    }
  }

  private void transferFor(NodeId from, NamesMessage.TransferRequest request) {
    if (!request.to().node().equals(self)) {
      return;
    }
    var _ =
        transfer(request.name(), request.from(), request.to())
            .thenAccept(
                outcome ->
                    sendTransfer(
                        from, new NamesMessage.TransferAnswer(request.request(), outcome)));
  }

  private boolean sendTransfer(NodeId to, NamesMessage message) {
    return transfers.sendOnce(to, message);
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Publish publish -> publish(publish);
      case Effect.Ask(long ticket, var operation) ->
          ports.store().submit(operation, answer -> loop.offer(new Input.Stored(ticket, answer)));
      case Effect.Answer(long request, Registration registration) -> answer(request, registration);
      case Effect.Unregistered(long request, boolean held) -> {
        var removal = removals.remove(request);
        if (removal != null) {
          removal.complete(held);
        }
      }
      case Effect.Displace(Claim lost, Claim winner) -> displace(lost, winner);
      case Effect.Settled(Claim lost, Claim winner) ->
          conflicts.add(new Conflict(lost.name(), lost, winner, nowMillis()));
      case Effect.Send _ -> throw new IllegalStateException("invariant: the loop sends");
    }
  }

  private long nowMillis() {
    return HybridClock.millis(ports.time().hybrid().next());
  }

  private void publish(Effect.Publish publish) {
    publish.now().ifPresent(claim -> ports.time().hybrid().observe(claim.since()));
    replica.publish(publish.name(), publish.now(), self);
    NameEvents.between(publish.name(), publish.before(), publish.now()).ifPresent(watches::tell);
  }

  private void answer(long request, Registration registration) {
    var waiting = registrations.remove(request);
    if (waiting != null) {
      waiting.outcome().complete(registration);
    }
  }

  private void displace(Claim lost, Claim winner) {
    LOG.info("name {}: {} gives way to {}", lost.name(), lost.owner(), winner.owner());
    var processes = ports.processes();
    processes.exit(lost.owner(), new ExitReason.NameConflict(lost.name(), winner.owner()));
    var _ =
        ports
            .time()
            .timers()
            .after(options.loserGrace(), () -> processes.exit(lost.owner(), ExitReason.killed()));
  }

  private void scanLater() {
    var _ =
        ports
            .time()
            .timers()
            .after(
                options.table().writeBackInterval(),
                () -> {
                  if (!loop.isClosed()) {
                    ports.store().scan(held -> loop.offer(new Input.Scanned(held)));
                    scanLater();
                  }
                });
  }

  private final class Links implements Transport.LinkListener {

    @Override
    public void onUp(NodeId peer) {
      loop.offer(new Input.LinkUp(peer));
    }

    @Override
    public void onDown(NodeId peer) {
      loop.offer(new Input.LinkDown(peer));
    }
  }
}
