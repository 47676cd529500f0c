package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node's copy of another's stream: what that owner holds, as far as it was heard. A gap is
 * noticed and asked for. Confined to its {@link NameTable}.
 */
final class PeerStream {

  /** How long an answer to a question for missing changes is waited for. */
  private static final long WANT_NANOS = 1_000_000_000L;

  private final NodeId owner;
  private final Map<ProcessName, Claim> claims = new HashMap<>();
  private final List<Claim> staged = new ArrayList<>();
  private int stagedParts;
  private long applied;
  private long hash;
  private boolean wanting;
  private long wantedNanos;

  PeerStream(NodeId owner) {
    this.owner = owner;
  }

  /** Hears of what changes, claim by claim. */
  interface Listener {
    void added(Claim claim);

    void removed(Claim claim);

    void lost(Claim lost, Claim winner);
  }

  Collection<Claim> claims() {
    return claims.values();
  }

  Optional<Claim> claim(ProcessName name) {
    return Optional.ofNullable(claims.get(name));
  }

  long applied() {
    return applied;
  }

  /** A new link: what was asked for over an earlier one will not come. */
  void greeted() {
    wanting = false;
    staged.clear();
    stagedParts = 0;
  }

  /** Whether this copy equals the owner's table as {@code digest} tells it. */
  boolean agrees(NamesMessage.Digest digest) {
    return digest.sequence() == applied && digest.hash() == hash;
  }

  /** What to ask for after {@code digest}, if anything is missing and not asked for already. */
  Optional<NamesMessage> compare(NamesMessage.Digest digest, long nowNanos) {
    if (agrees(digest) || digest.sequence() < applied) {
      return Optional.empty();
    }
    return want(digest.sequence() == applied ? -1 : applied, nowNanos);
  }

  /** Applies changes; asks for those before them if they are missing. */
  Optional<NamesMessage> delta(NamesMessage.Delta delta, long nowNanos, Listener listener) {
    if (delta.after() > applied) {
      return want(applied, nowNanos);
    }
    long known = applied - delta.after();
    for (int i = (int) Math.min(known, delta.changes().size()); i < delta.changes().size(); i++) {
      apply(delta.changes().get(i), listener);
      applied++;
    }
    wanting = false;
    return Optional.empty();
  }

  /** Takes a part of a snapshot; with the last one the copy becomes what the owner holds. */
  void snapshot(NamesMessage.Snapshot snapshot, Listener listener) {
    if (snapshot.part() == 0) {
      staged.clear();
      stagedParts = 0;
    }
    if (snapshot.part() != stagedParts || snapshot.sequence() < applied) {
      return;
    }
    staged.addAll(snapshot.claims());
    stagedParts++;
    if (stagedParts == snapshot.parts()) {
      replace(listener);
      applied = snapshot.sequence();
      wanting = false;
      stagedParts = 0;
    }
  }

  /** Removes a registration that its owner says it does not hold. */
  void retract(ProcessName name, RegistrationId id, Listener listener) {
    var claim = claims.get(name);
    if (claim != null && claim.id().equals(id)) {
      remove(name, listener);
    }
  }

  /** The owner is gone: so are its claims. */
  void clear(Listener listener) {
    for (var name : List.copyOf(claims.keySet())) {
      remove(name, listener);
    }
    applied = 0;
    wanting = false;
    staged.clear();
    stagedParts = 0;
  }

  private void replace(Listener listener) {
    var next = new HashMap<ProcessName, Claim>();
    staged.forEach(claim -> next.put(claim.name(), claim));
    staged.clear();
    for (var name : List.copyOf(claims.keySet())) {
      if (!next.containsKey(name)) {
        remove(name, listener);
      }
    }
    next.values().forEach(claim -> add(claim, listener));
  }

  private void apply(Change change, Listener listener) {
    switch (change) {
      case Change.Hold(Claim claim) -> add(claim, listener);
      case Change.Drop(ProcessName name, RegistrationId id) -> retract(name, id, listener);
      case Change.Lost(Claim lost, Claim winner) -> {
        retract(lost.name(), lost.id(), listener);
        listener.lost(lost, winner);
      }
    }
  }

  private void add(Claim claim, Listener listener) {
    // An owner speaks for its own processes alone.
    if (!claim.owner().node().equals(owner) || claim.equals(claims.get(claim.name()))) {
      return;
    }
    remove(claim.name(), listener);
    claims.put(claim.name(), claim);
    hash += ClaimHash.of(claim);
    listener.added(claim);
  }

  private void remove(ProcessName name, Listener listener) {
    var claim = claims.remove(name);
    if (claim != null) {
      hash -= ClaimHash.of(claim);
      listener.removed(claim);
    }
  }

  private Optional<NamesMessage> want(long after, long nowNanos) {
    if (wanting && nowNanos - wantedNanos < WANT_NANOS) {
      return Optional.empty();
    }
    wanting = true;
    wantedNanos = nowNanos;
    return Optional.of(new NamesMessage.Want(after));
  }
}
