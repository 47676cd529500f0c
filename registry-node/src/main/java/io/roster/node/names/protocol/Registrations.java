package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.protocol.Attempt.Phase;
import io.roster.node.names.protocol.NamesMessage.Registered;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/*
 * A registration goes: the name's turn on this node -> if a holder is heard of, the holder's node is
 * asked whether the claim stands -> the arbiter's compare-and-set -> this node's table -> the answer.
 * Whoever the arbiter names as holder is asked likewise, so a name that its owner has just given up
 * is never refused because the arbiter has not heard yet, and one that is held is never taken.
 */

/**
 * Claims of this node's processes on their way to the arbiter. Confined to its {@link NameTable}.
 */
final class Registrations {

  private static final long HOLDER_NANOS = 1_000_000_000L;
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final int STRANGER_PAUSES_MAX = 20;

  private final Holdings holdings;
  private final Tickets tickets;
  private final Keeper keeper;
  private final int waitingMax;
  private final Map<ProcessName, ArrayDeque<Attempt>> waiting = new HashMap<>();

  /** Names whose next attempt has its turn. A queue, so that a long line needs no deep stack. */
  private final ArrayDeque<ProcessName> ready = new ArrayDeque<>();

  private int count;

  Registrations(Holdings holdings, Tickets tickets, Keeper keeper, int waitingMax) {
    this.holdings = holdings;
    this.tickets = tickets;
    this.keeper = keeper;
    this.waitingMax = waitingMax;
  }

  int waiting() {
    return count;
  }

  void begin(Input.Register wish, long nowNanos) {
    if (count >= waitingMax) {
      answer(
          wish,
          new Registration.Refused(wish.name(), count + " registrations wait already, the limit"));
      return;
    }
    count++;
    var queue = waiting.computeIfAbsent(wish.name(), _ -> new ArrayDeque<>());
    queue.addLast(new Attempt(wish, holdings.nextId()));
    if (queue.size() == 1) {
      ready.add(wish.name());
      advance(nowNanos);
    }
  }

  /** The process ended: whatever it waits for is answered, whatever comes is given back. */
  void exited(Pid pid, long nowNanos) {
    for (var queue : List.copyOf(waiting.values())) {
      for (var attempt : List.copyOf(queue)) {
        if (attempt.wish.pid().equals(pid)) {
          finish(attempt, attempt.notAlive());
        }
      }
    }
    advance(nowNanos);
  }

  /** The node of a holder says whether its registration stands. */
  void verified(Registered registered, boolean standing, long nowNanos) {
    var attempt = head(registered.name());
    if (attempt.isEmpty() || attempt.get().phase != Phase.ASKING_HOLDER) {
      return;
    }
    var holder = attempt.get().doubted.orElseThrow();
    if (!holder.id().equals(registered.id())) {
      return;
    }
    if (standing) {
      finish(attempt.get(), attempt.get().taken(holder));
    } else {
      attempt.get().over.add(holder.id());
      decide(attempt.get(), nowNanos);
    }
    advance(nowNanos);
  }

  void tick(long nowNanos) {
    for (var queue : List.copyOf(waiting.values())) {
      for (var attempt : List.copyOf(queue)) {
        if (nowNanos - attempt.wish.deadlineNanos() >= 0) {
          late(attempt);
        } else if (attempt.phase == Phase.PAUSING && nowNanos - attempt.untilNanos >= 0) {
          decide(attempt, nowNanos);
        } else if (attempt.phase == Phase.ASKING_HOLDER && nowNanos - attempt.untilNanos >= 0) {
          finish(attempt, attempt.taken(attempt.doubted.orElseThrow()));
        }
      }
    }
    advance(nowNanos);
  }

  private void advance(long nowNanos) {
    for (var name = ready.poll(); name != null; name = ready.poll()) {
      head(name)
          .filter(next -> next.phase == Phase.QUEUED)
          .ifPresent(next -> decide(next, nowNanos));
    }
  }

  private void late(Attempt attempt) {
    var holder = attempt.doubted;
    boolean held = attempt.phase == Phase.ASKING_HOLDER && holder.isPresent();
    finish(attempt, held ? attempt.taken(holder.get()) : attempt.late());
  }

  /** The name's turn has come, or something has been learned since. */
  private void decide(Attempt attempt, long nowNanos) {
    var own = holdings.own.claim(attempt.wish.name());
    var holder = own.isPresent() ? own : holdings.contenders.winner(attempt.wish.name());
    if (holder.isPresent() && attempt.over.contains(holder.get().id())) {
      holder = Optional.empty();
    }
    if (holder.isEmpty()) {
      switch (attempt.wish.mode()) {
        case Input.Mode.Unique(), Input.Mode.Replace() -> take(attempt, first(attempt));
        case Input.Mode.HandOver(Pid from) -> pause(attempt, "a claim of " + from, nowNanos);
      }
      return;
    }
    if (holder.get().owner().equals(attempt.wish.pid())) {
      finish(attempt, attempt.registered());
      return;
    }
    held(attempt, holder.get(), nowNanos);
  }

  private void held(Attempt attempt, Claim holder, long nowNanos) {
    switch (attempt.wish.mode()) {
      case Input.Mode.Unique() -> doubt(attempt, holder, nowNanos);
      case Input.Mode.Replace() -> replace(attempt, holder);
      case Input.Mode.HandOver(Pid from) -> {
        if (holder.owner().equals(from)) {
          replace(attempt, holder);
        } else {
          finish(attempt, attempt.taken(holder));
        }
      }
    }
  }

  private void doubt(Attempt attempt, Claim holder, long nowNanos) {
    NodeId node = holder.owner().node();
    switch (holdings.peers.standing(node)) {
      case SELF -> {
        if (holdings.own.holds(holder.name(), holder.id())) {
          finish(attempt, attempt.taken(holder));
        } else {
          takeOver(attempt, holder);
        }
      }
      case REACHABLE -> {
        attempt.phase = Phase.ASKING_HOLDER;
        attempt.doubted = Optional.of(holder);
        attempt.untilNanos = nowNanos + HOLDER_NANOS;
        attempt.waitsFor = "node " + node.name();
        holdings.outbox.ask(node, new Registered(holder.name(), holder.id()));
      }
      case UP -> finish(attempt, attempt.taken(holder));
      case GONE -> takeOver(attempt, holder);
      case UNKNOWN -> {
        // A node that has just joined has not heard of everybody yet.
        if (attempt.strangers++ < STRANGER_PAUSES_MAX) {
          pause(attempt, "news of node " + node, nowNanos);
        } else {
          takeOver(attempt, holder);
        }
      }
    }
  }

  private void takeOver(Attempt attempt, Claim holder) {
    attempt.over.add(holder.id());
    take(attempt, first(attempt));
  }

  private void replace(Attempt attempt, Claim holder) {
    attempt.over.add(holder.id());
    var metadata =
        switch (attempt.wish.mode()) {
          case Input.Mode.HandOver _ -> holder.metadata();
          case Input.Mode.Unique _, Input.Mode.Replace _ -> attempt.wish.metadata();
        };
    take(attempt, holder.handedTo(attempt.wish.pid(), attempt.id, metadata));
  }

  private Claim first(Attempt attempt) {
    var wish = attempt.wish;
    return Claim.first(wish.name(), wish.hybridTime(), wish.pid(), attempt.id, wish.metadata());
  }

  private void take(Attempt attempt, Claim candidate) {
    attempt.phase = Phase.ASKING_ARBITER;
    attempt.waitsFor = "the name store";
    tickets.taking(attempt.id);
    tickets.ask(
        new StoreOperation.Take(candidate, attempt.over),
        (answer, later) -> answered(attempt, answer, later));
  }

  private void answered(Attempt attempt, StoreAnswer answer, long nowNanos) {
    if (attempt.phase == Phase.OVER) {
      // Also when the answer is unknown: a release of what was not granted changes nothing.
      tickets.tookOrNot(attempt.id);
      keeper.giveBack(attempt.wish.name(), attempt.id);
      return;
    }
    react(attempt, answer, nowNanos);
    advance(nowNanos);
  }

  private void react(Attempt attempt, StoreAnswer answer, long nowNanos) {
    switch (answer) {
      case StoreAnswer.Granted(Claim claim) -> {
        holdings.hold(claim);
        finish(attempt, attempt.registered());
      }
      case StoreAnswer.Taken(Claim holder) -> {
        attempt.phase = Phase.QUEUED;
        held(attempt, holder, nowNanos);
      }
      case StoreAnswer.Unavailable(String detail) -> pause(attempt, detail, nowNanos);
      case StoreAnswer.Indeterminate(String detail) -> {
        attempt.uncertain = true;
        pause(attempt, detail, nowNanos);
      }
      case StoreAnswer.Ended _, StoreAnswer.Released() ->
          throw new IllegalStateException("invariant: not an answer to a claim: " + answer);
    }
  }

  private void pause(Attempt attempt, String waitsFor, long nowNanos) {
    attempt.phase = Phase.PAUSING;
    attempt.waitsFor = waitsFor;
    attempt.untilNanos = nowNanos + PAUSE_NANOS;
  }

  private void finish(Attempt attempt, Registration registration) {
    boolean asking = attempt.phase == Phase.ASKING_ARBITER;
    boolean held = holdings.own.holds(attempt.wish.name(), attempt.id);
    attempt.phase = Phase.OVER;
    if (!asking || held) {
      tickets.tookOrNot(attempt.id);
    }
    if (attempt.uncertain && !held) {
      keeper.giveBack(attempt.wish.name(), attempt.id);
    }
    count--;
    answer(attempt.wish, registration);
    var queue = waiting.get(attempt.wish.name());
    if (queue == null) {
      return;
    }
    boolean wasHead = queue.peekFirst() == attempt;
    queue.remove(attempt);
    if (queue.isEmpty()) {
      waiting.remove(attempt.wish.name());
    } else if (wasHead) {
      ready.add(attempt.wish.name());
    }
  }

  private void answer(Input.Register wish, Registration registration) {
    holdings.outbox.effect(new Effect.Answer(wish.request(), registration));
  }

  private Optional<Attempt> head(ProcessName name) {
    var queue = waiting.get(name);
    return queue == null ? Optional.empty() : Optional.ofNullable(queue.peekFirst());
  }

  /** Names that are being claimed, for those who look in from outside. */
  Set<ProcessName> names() {
    return Set.copyOf(waiting.keySet());
  }
}
