package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.protocol.NamesMessage.Dispute;
import io.roster.node.names.protocol.NamesMessage.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/*
 * A claim of this node meets another that stands against it. It may be a true conflict, after a
 * heal, or a picture that is a moment old. So the node whose claim would give way asks the other
 * claim's node. Only if that node says that its claim stands does this node apply the loss: it drops
 * the claim, tells its peers, then its process. The winner's node learns of the conflict by being
 * asked; it raises its epoch above the loser's and writes it to the arbiter. Nobody else acts.
 */

/**
 * Conflicts between claims of this node and claims of others. Confined to its {@link NameTable}.
 */
final class Disputes {

  private static final long AGAIN_NANOS = 500_000_000L;
  private static final long RETIRE_NANOS = 500_000_000L;
  private static final int LOSSES_MAX = 10_000;

  private final Holdings holdings;
  private final Keeper keeper;
  private final Map<ProcessName, Contested> contested = new HashMap<>();
  private final Map<ProcessName, Long> retiringNanos = new HashMap<>();
  private final Map<RegistrationId, Claim> losses =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RegistrationId, Claim> eldest) {
          return size() > LOSSES_MAX;
        }
      };

  Disputes(Holdings holdings, Keeper keeper) {
    this.holdings = holdings;
    this.keeper = keeper;
  }

  /** Which node was asked, and when. */
  private record Contested(NodeId node, long atNanos) {}

  /** How many names of this node are disputed. */
  int open() {
    return contested.size();
  }

  /** The claims of {@code name} have changed: looks whether this node's is in dispute. */
  void review(ProcessName name, long nowNanos) {
    var mine = holdings.own.claim(name);
    var claims = holdings.contenders.of(name);
    if (mine.isPresent() && isReplaced(mine.get(), claims)) {
      // The successor's stream may reach other nodes later than the end of this claim would.
      retiringNanos.putIfAbsent(name, nowNanos + RETIRE_NANOS);
      return;
    }
    if (mine.isEmpty() || claims.size() < 2) {
      contested.remove(name);
      retiringNanos.remove(name);
      return;
    }
    var winner = holdings.contenders.winner(claims);
    if (winner.isPresent() && winner.get().equals(mine.get())) {
      contested.remove(name);
      return;
    }
    var rival = winner.orElseGet(() -> rivalOf(mine.get(), claims));
    var last = contested.get(name);
    if (last == null || nowNanos - last.atNanos() >= AGAIN_NANOS) {
      contested.put(name, new Contested(rival.owner().node(), nowNanos));
      holdings.outbox.contest(rival.owner().node(), new Dispute(mine.get(), rival.id()));
    }
  }

  /** A peer may not have listened until now: what was asked is asked again. */
  void met(NodeId peer, long nowNanos) {
    for (var entry : List.copyOf(contested.entrySet())) {
      if (entry.getValue().node().equals(peer)) {
        contested.remove(entry.getKey());
        review(entry.getKey(), nowNanos);
      }
    }
  }

  void tick(long nowNanos) {
    List.copyOf(contested.keySet()).forEach(name -> review(name, nowNanos));
    for (var entry : List.copyOf(retiringNanos.entrySet())) {
      if (nowNanos - entry.getValue() >= 0) {
        retiringNanos.remove(entry.getKey());
        holdings.own.claim(entry.getKey()).ifPresent(this::retire);
      }
    }
  }

  /** Another node asks whether a claim of this node stands against its own. */
  void contested(NodeId from, Dispute dispute) {
    var theirs = dispute.claim();
    var mine = holdings.own.claim(theirs.name());
    if (mine.isEmpty() || !mine.get().id().equals(dispute.rival())) {
      decide(from, dispute, lostForNobody(dispute.rival(), theirs));
      return;
    }
    var winner = holdings.contenders.winner(List.of(mine.get(), theirs));
    if (winner.isEmpty()) {
      decide(from, dispute, mine);
      lose(mine.get(), theirs);
    } else if (winner.get().equals(mine.get())) {
      decide(from, dispute, Optional.of(prevail(mine.get(), theirs)));
    }
    // Otherwise their claim stands: this node asks them when it hears of it in their stream.
  }

  /** The other claim's node answers. */
  void decided(NodeId from, Verdict verdict, long nowNanos, PeerStream.Listener listener) {
    contested.remove(verdict.name());
    var mine = holdings.own.claim(verdict.name());
    boolean stillMine = mine.isPresent() && mine.get().id().equals(verdict.contested());
    if (verdict.winner().isPresent()) {
      if (stillMine) {
        lose(mine.get(), verdict.winner().get());
      }
    } else {
      var stream = holdings.peers.stream(from);
      stream.ifPresent(s -> s.retract(verdict.name(), verdict.rival(), listener));
      review(verdict.name(), nowNanos);
    }
  }

  /** An owner says that it gave way to another claim. */
  void heardOfLoss(Claim lost, Claim winner) {
    holdings.outbox.effect(new Effect.Settled(lost, winner));
    var mine = holdings.own.claim(lost.name());
    if (mine.isPresent() && holdings.contenders.winner(List.of(mine.get(), lost)).isEmpty()) {
      lose(mine.get(), lost);
    }
  }

  /* If nobody wins, the claim that was asked for has gone for the same reason as theirs must. */
  private Optional<Claim> lostForNobody(RegistrationId id, Claim theirs) {
    return Optional.ofNullable(losses.get(id))
        .filter(lost -> holdings.contenders.winner(List.of(lost, theirs)).isEmpty());
  }

  private Claim prevail(Claim mine, Claim theirs) {
    var raised = mine.withEpoch(Math.max(mine.epoch(), theirs.epoch() + 1));
    holdings.hold(raised);
    keeper.writeBack(raised.name(), Set.of(theirs.id()));
    holdings.outbox.effect(new Effect.Settled(theirs, raised));
    return raised;
  }

  private void lose(Claim lost, Claim winner) {
    contested.remove(lost.name());
    losses.put(lost.id(), lost);
    holdings.lose(lost, winner);
    keeper.release(lost.name(), lost.id());
  }

  private void retire(Claim claim) {
    if (isReplaced(claim, holdings.contenders.of(claim.name()))) {
      holdings.drop(claim);
    }
  }

  private boolean isReplaced(Claim mine, List<Claim> claims) {
    return holdings.contenders.isReplaced(mine)
        || claims.stream().anyMatch(rival -> rival.isSuccessorOf(mine));
  }

  private void decide(NodeId to, Dispute dispute, Optional<Claim> winner) {
    holdings.outbox.decide(
        to, new Verdict(dispute.claim().name(), dispute.claim().id(), dispute.rival(), winner));
  }

  private static Claim rivalOf(Claim mine, List<Claim> claims) {
    return claims.stream().filter(claim -> !claim.id().equals(mine.id())).findFirst().orElseThrow();
  }
}
