package io.roster.node.names.protocol;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.protocol.NamesMessage.Registered;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import io.roster.node.names.store.StoredName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the arbiter in step with the truth: writes this node's claims back, gives up what ended,
 * sweeps what was left behind. Whatever fails is tried again. Confined to its {@link NameTable}.
 */
final class Keeper {

  private static final int IN_FLIGHT_MAX = 5_000;
  private static final long PAUSE_NANOS = 500_000_000L;
  private static final int RELEASE_ATTEMPTS_MAX = 60;

  private final Holdings holdings;
  private final Tickets tickets;
  private final Map<ProcessName, Set<RegistrationId>> toAssert = new LinkedHashMap<>();
  private final Map<Registered, Integer> toRelease = new LinkedHashMap<>();
  private final Map<Registered, Boolean> doubted = new HashMap<>();
  private int asserting;
  private long pausedUntilNanos;
  private boolean paused;

  Keeper(Holdings holdings, Tickets tickets) {
    this.holdings = holdings;
    this.tickets = tickets;
  }

  /** How many claims and ends the arbiter has yet to hear of. */
  int backlog() {
    return toAssert.size() + toRelease.size() + asserting;
  }

  void writeBack(ProcessName name, Set<RegistrationId> over) {
    toAssert.put(name, over);
  }

  void writeBackAll() {
    holdings.own.claims().forEach(claim -> toAssert.putIfAbsent(claim.name(), Set.of()));
  }

  void release(ProcessName name, RegistrationId id) {
    release(new Registered(name, id), 1);
  }

  /**
   * Gives up what the arbiter may have granted to nobody's use, and puts back the claim that it may
   * have granted it over: that one's owner knows of nothing.
   */
  void giveBack(ProcessName name, RegistrationId id) {
    release(name, id);
    holdings
        .contenders
        .winner(name)
        .ifPresent(
            claim ->
                tickets.ask(
                    new StoreOperation.Assert(claim, Set.of(id)),
                    // Should this fail, the owner's next writing back repairs it.
                    (_, _) -> {}));
  }

  /** Looks at what the arbiter keeps on this node and clears away what nobody holds. */
  void scanned(List<StoredName.Held> held) {
    for (var one : held) {
      var claim = one.claim();
      var registered = new Registered(claim.name(), claim.id());
      switch (holdings.peers.standing(claim.owner().node())) {
        case SELF -> {
          if (!holdings.own.holds(claim.name(), claim.id()) && !tickets.isTaking(claim.id())) {
            release(claim.name(), claim.id());
          }
        }
        case GONE -> release(claim.name(), claim.id());
        case REACHABLE -> doubtUnlessHeard(claim, registered);
        case UP, UNKNOWN -> {}
      }
    }
  }

  private void doubtUnlessHeard(Claim claim, Registered registered) {
    boolean heard =
        holdings.contenders.of(claim.name()).stream().anyMatch(c -> c.id().equals(claim.id()));
    if (!heard && doubted.size() < IN_FLIGHT_MAX) {
      doubted.put(registered, true);
      holdings.outbox.ask(claim.owner().node(), registered);
    }
  }

  /** An owner says whether a registration stands. */
  void verified(Registered registered, boolean standing) {
    if (doubted.remove(registered) != null && !standing) {
      release(registered.name(), registered.id());
      if (holdings.own.claim(registered.name()).isPresent()) {
        writeBack(registered.name(), Set.of(registered.id()));
      }
    }
  }

  /** Goes on with what waits, as far as the arbiter takes it. */
  void proceed(long nowNanos) {
    if (paused && nowNanos - pausedUntilNanos < 0) {
      return;
    }
    paused = false;
    var names = toAssert.entrySet().iterator();
    while (asserting < IN_FLIGHT_MAX && names.hasNext()) {
      var next = names.next();
      names.remove();
      holdings.own.claim(next.getKey()).ifPresent(claim -> write(claim, next.getValue()));
    }
    var again = List.copyOf(toRelease.entrySet());
    toRelease.clear();
    again.forEach(entry -> release(entry.getKey(), entry.getValue() + 1));
  }

  /** Forgets questions that were not answered. */
  void forgetDoubts() {
    doubted.clear();
  }

  private void write(Claim claim, Set<RegistrationId> over) {
    asserting++;
    tickets.ask(
        new StoreOperation.Assert(claim, over),
        (answer, nowNanos) -> {
          asserting--;
          asserted(claim, over, answer, nowNanos);
        });
  }

  private void asserted(Claim claim, Set<RegistrationId> over, StoreAnswer answer, long nowNanos) {
    if (!holdings.own.holds(claim.name(), claim.id())) {
      // It ended while the arbiter was being told that it stands.
      release(claim.name(), claim.id());
      return;
    }
    var present = holdings.own.claim(claim.name()).orElseThrow();
    switch (answer) {
      case StoreAnswer.Granted(Claim stored) -> {
        if (stored.epoch() > present.epoch()) {
          holdings.hold(present.withEpoch(stored.epoch()));
        }
      }
      case StoreAnswer.Ended(RegistrationId _, long epoch) -> {
        holdings.hold(present.withEpoch(Math.max(present.epoch(), epoch + 1)));
        writeBack(claim.name(), over);
      }
      case StoreAnswer.Taken(Claim holder) -> takenBy(holder, present);
      case StoreAnswer.Unavailable _, StoreAnswer.Indeterminate _ -> {
        toAssert.putIfAbsent(claim.name(), over);
        pause(nowNanos);
      }
      case StoreAnswer.Released() -> throw new IllegalStateException("invariant: not a release");
    }
  }

  /* The owner knows better than the arbiter, unless another owner knows so too: then it is a
   * conflict, which the two owners settle between them. */
  private void takenBy(Claim holder, Claim mine) {
    switch (holdings.peers.standing(holder.owner().node())) {
      case SELF, GONE -> writeBack(mine.name(), Set.of(holder.id()));
      case REACHABLE -> doubtUnlessHeard(holder, new Registered(holder.name(), holder.id()));
      case UP, UNKNOWN -> {}
    }
  }

  private void release(Registered registered, int attempt) {
    tickets.ask(
        new StoreOperation.Release(registered.name(), registered.id()),
        (answer, nowNanos) -> {
          boolean failed =
              switch (answer) {
                case StoreAnswer.Unavailable _, StoreAnswer.Indeterminate _ -> true;
                case StoreAnswer.Released _,
                    StoreAnswer.Granted _,
                    StoreAnswer.Taken _,
                    StoreAnswer.Ended _ ->
                    false;
              };
          // What is given up on here is swept by whichever node keeps the record.
          if (failed && attempt < RELEASE_ATTEMPTS_MAX) {
            toRelease.put(registered, attempt);
            pause(nowNanos);
          }
        });
  }

  private void pause(long nowNanos) {
    paused = true;
    pausedUntilNanos = nowNanos + PAUSE_NANOS;
  }
}
