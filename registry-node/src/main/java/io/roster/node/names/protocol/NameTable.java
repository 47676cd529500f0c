package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.claim.Resolver;
import io.roster.node.names.protocol.NamesMessage.Registered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/*
 * Three rules carry everything.
 *
 * 1. Each node alone writes the table of its own processes' claims, as a numbered stream of changes.
 *    Every other node keeps a copy, notices a gap by the numbers and a difference by a digest, and
 *    asks for what it lacks. So nothing that was removed can come back: it is not in its owner's
 *    table, and nobody else may say that it is.
 * 2. Which of several claims stands is decided from the claims' own fields alone. Every node comes
 *    to the same answer; only the node of a claim that gives way acts, and only when the other
 *    claim's node has said that its claim stands.
 * 3. The arbiter decides between registrations inside a connected part and keeps an index. It is
 *    told what stands again whenever it may have forgotten, and never asked by a lookup.
 *
 * Differences from OTP's global: no lock over all nodes, an owner on either side of a split may
 * register, and a loser is told before it is ended.
 */

/**
 * What one node knows of global names, and what follows from everything it hears: the whole
 * protocol, without clock, thread or socket. The same inputs give the same effects. Confined to
 * whoever calls it.
 *
 * @see <a href="https://www.erlang.org/doc/apps/kernel/global.html">global</a>
 */
public final class NameTable {

  private static final long REPAIR_NANOS = 200_000_000L;

  private final NameTableOptions options;
  private final Holdings holdings;
  private final Tickets tickets;
  private final Keeper keeper;
  private final Registrations registrations;
  private final Disputes disputes;
  private final PeerStream.Listener heard = new Heard();
  private long nowNanos;
  private long digestNanos;
  private long writeBackNanos;
  private boolean repairing;
  private long repairNanos;

  /**
   * An empty table.
   *
   * @param self this start of this node
   * @param options intervals and limits
   * @param resolver which of several claims stands
   * @param nowNanos the time on the caller's monotonic clock
   */
  public NameTable(NodeId self, NameTableOptions options, Resolver resolver, long nowNanos) {
    this.options = options;
    this.holdings = new Holdings(self, resolver);
    this.tickets = new Tickets(holdings.outbox);
    this.keeper = new Keeper(holdings, tickets);
    this.registrations =
        new Registrations(holdings, tickets, keeper, options.registrationsWaitingMax());
    this.disputes = new Disputes(holdings, keeper);
    this.nowNanos = nowNanos;
    this.digestNanos = nowNanos;
    this.writeBackNanos = nowNanos;
  }

  /**
   * What follows from {@code inputs}, which happened in this order.
   *
   * @param inputs what happened since the last step
   * @param nowNanos the time on the caller's monotonic clock
   * @return what to do, in this order
   */
  public List<Effect> step(List<Input> inputs, long nowNanos) {
    this.nowNanos = nowNanos;
    holdings.nowNanos = nowNanos;
    for (var input : inputs) {
      take(input);
      var names = List.copyOf(holdings.touched);
      holdings.touched.clear();
      names.forEach(name -> disputes.review(name, nowNanos));
    }
    keeper.proceed(nowNanos);
    return holdings.outbox.flush(holdings.own.takeUnsent(), holdings.peers.reachable());
  }

  /** {@link #step(List, long)} for one input. */
  public List<Effect> step(Input input, long nowNanos) {
    return step(List.of(input), nowNanos);
  }

  /** The claim that stands for {@code name}, as far as this node has heard. */
  public Optional<Claim> standing(ProcessName name) {
    return holdings.contenders.winner(name);
  }

  /** Every claim of {@code name} that this node has heard of; more than one while in dispute. */
  public List<Claim> claims(ProcessName name) {
    return holdings.contenders.of(name);
  }

  /** How this table compares with its peers and with the arbiter. */
  public TableReport report() {
    var copies = new ArrayList<TableReport.Copy>();
    holdings
        .peers
        .streams()
        .forEach(
            (node, stream) ->
                copies.add(
                    new TableReport.Copy(
                        node,
                        stream.applied(),
                        stream.claims().size(),
                        holdings.peers.isReachable(node))));
    return new TableReport(
        holdings.contenders.names(),
        holdings.own.claims().size(),
        holdings.own.digest(false).sequence(),
        List.copyOf(copies),
        registrations.waiting(),
        disputes.open(),
        keeper.backlog());
  }

  private void take(Input input) {
    switch (input) {
      case Input.Register register -> registrations.begin(register, nowNanos);
      case Input.Unregister unregister -> unregister(unregister);
      case Input.Exited(Pid pid) -> exited(pid);
      case Input.Received(NodeId from, NamesMessage message) -> received(from, message);
      case Input.LinkUp(NodeId peer) -> {
        holdings.peers.linked(peer);
        greet(peer);
      }
      case Input.LinkDown(NodeId peer) -> holdings.peers.unlinked(peer);
      case Input.MemberUp(NodeId node) -> {
        holdings.peers.up(node);
        holdings.forgetReplaced(node);
        greet(node);
      }
      case Input.MemberDown(NodeId node) -> memberDown(node);
      case Input.Stored(long ticket, var answer) -> tickets.answered(ticket, answer, nowNanos);
      case Input.StoreRepaired() -> {
        repairNanos = repairing ? repairNanos : nowNanos + REPAIR_NANOS;
        repairing = true;
      }
      case Input.Scanned(var held) -> keeper.scanned(held);
      case Input.Tick() -> tick();
    }
  }

  private void unregister(Input.Unregister wish) {
    var claim = holdings.own.claim(wish.name()).filter(c -> c.owner().equals(wish.pid()));
    claim.ifPresent(this::end);
    holdings.outbox.effect(new Effect.Unregistered(wish.request(), claim.isPresent()));
  }

  private void exited(Pid pid) {
    registrations.exited(pid, nowNanos);
    for (var name : holdings.own.namesOf(pid)) {
      holdings.own.claim(name).ifPresent(this::end);
    }
  }

  private void end(Claim claim) {
    holdings.drop(claim);
    keeper.release(claim.name(), claim.id());
  }

  private void memberDown(NodeId node) {
    var stream = holdings.peers.down(node);
    if (stream.isEmpty()) {
      return;
    }
    var claims = List.copyOf(stream.get().claims());
    stream.get().clear(heard);
    for (var claim : claims) {
      if (holdings.peers.isMyTurn(claim.name())) {
        keeper.release(claim.name(), claim.id());
      }
    }
  }

  private void greet(NodeId peer) {
    if (holdings.peers.isReachable(peer)) {
      holdings.peers.stream(peer).ifPresent(PeerStream::greeted);
      holdings.outbox.send(peer, holdings.own.digest(true));
    }
  }

  private void received(NodeId from, NamesMessage message) {
    var known = holdings.peers.stream(from);
    if (known.isEmpty()) {
      // Not a member as far as gossip says; it is greeted when it becomes one.
      return;
    }
    var stream = known.get();
    switch (message) {
      case NamesMessage.Digest digest -> {
        stream.compare(digest, nowNanos).ifPresent(want -> holdings.outbox.send(from, want));
        if (digest.answer()) {
          holdings.outbox.send(from, holdings.own.digest(false));
          disputes.met(from, nowNanos);
        }
      }
      case NamesMessage.Want(long sequence) ->
          holdings.own.since(sequence).forEach(part -> holdings.outbox.send(from, part));
      case NamesMessage.Delta delta ->
          stream.delta(delta, nowNanos, heard).ifPresent(want -> holdings.outbox.send(from, want));
      case NamesMessage.Snapshot snapshot -> stream.snapshot(snapshot, heard);
      case NamesMessage.Verify(var registered) -> verify(from, registered);
      case NamesMessage.Verified(var registered, var standing) ->
          verified(stream, registered, standing);
      case NamesMessage.Contest(var all) -> all.forEach(one -> disputes.contested(from, one));
      case NamesMessage.Verdicts(var all) ->
          all.forEach(one -> disputes.decided(from, one, nowNanos, heard));
      case NamesMessage.TransferRequest _, NamesMessage.TransferAnswer _ -> {
        // Between the shells: they attach exit hooks and know who waits for the answer.
      }
    }
  }

  private void verify(NodeId from, List<Registered> registered) {
    var standing = new ArrayList<Boolean>(registered.size());
    for (var one : registered) {
      standing.add(holdings.own.holds(one.name(), one.id()) || tickets.isTaking(one.id()));
    }
    holdings.outbox.send(from, new NamesMessage.Verified(registered, List.copyOf(standing)));
  }

  private void verified(PeerStream stream, List<Registered> registered, List<Boolean> standing) {
    for (int i = 0; i < Math.min(registered.size(), standing.size()); i++) {
      var one = registered.get(i);
      if (!standing.get(i)) {
        stream.retract(one.name(), one.id(), heard);
      }
      keeper.verified(one, standing.get(i));
      registrations.verified(one, standing.get(i), nowNanos);
    }
  }

  private void tick() {
    holdings.forgetReplaced();
    registrations.tick(nowNanos);
    disputes.tick(nowNanos);
    if (nowNanos - digestNanos >= options.digestInterval().toNanos()) {
      digestNanos = nowNanos;
      keeper.forgetDoubts();
      var digest = holdings.own.digest(false);
      holdings.peers.reachable().forEach(peer -> holdings.outbox.send(peer, digest));
    }
    boolean due = nowNanos - writeBackNanos >= options.writeBackInterval().toNanos();
    if (due || (repairing && nowNanos - repairNanos >= 0)) {
      writeBackNanos = nowNanos;
      repairing = false;
      keeper.writeBackAll();
    }
  }

  /** Passes on what the copies of other nodes' streams hear. */
  private final class Heard implements PeerStream.Listener {

    @Override
    public void added(Claim claim) {
      holdings.heardOf(claim);
    }

    @Override
    public void removed(Claim claim) {
      holdings.heardTheEndOf(claim);
    }

    @Override
    public void lost(Claim lost, Claim winner) {
      disputes.heardOfLoss(lost, winner);
    }
  }

  /** Whether this node is on the way to claim {@code id}; for tests of the protocol. */
  boolean isTaking(RegistrationId id) {
    return tickets.isTaking(id);
  }
}
