package io.roster.node.names.protocol;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of this node's processes and the numbered changes that made them: what every peer's
 * copy is made from. This node alone writes it. Confined to its {@link NameTable}.
 */
final class OwnStream {

  /** How many claims or changes go into one message, so that no frame grows large. */
  static final int PORTION = 500;

  private static final int LOG_MAX = 16_384;

  private final Map<ProcessName, Claim> claims = new HashMap<>();
  private final Map<Pid, Set<ProcessName>> namesByOwner = new HashMap<>();
  private final ArrayDeque<Change> log = new ArrayDeque<>();
  private final List<Change> unsent = new ArrayList<>();
  private long sequence;
  private long hash;

  Optional<Claim> claim(ProcessName name) {
    return Optional.ofNullable(claims.get(name));
  }

  /** Whether this very registration stands. */
  boolean holds(ProcessName name, RegistrationId id) {
    var claim = claims.get(name);
    return claim != null && claim.id().equals(id);
  }

  Collection<Claim> claims() {
    return claims.values();
  }

  List<ProcessName> namesOf(Pid owner) {
    return List.copyOf(namesByOwner.getOrDefault(owner, Set.of()));
  }

  /** Holds {@code claim}, in place of whatever this node held under that name. */
  void hold(Claim claim) {
    forget(claim.name());
    claims.put(claim.name(), claim);
    namesByOwner.computeIfAbsent(claim.owner(), _ -> new LinkedHashSet<>()).add(claim.name());
    hash += ClaimHash.of(claim);
    append(new Change.Hold(claim));
  }

  void drop(Claim claim) {
    forget(claim.name());
    append(new Change.Drop(claim.name(), claim.id()));
  }

  void lose(Claim lost, Claim winner) {
    forget(lost.name());
    append(new Change.Lost(lost, winner));
  }

  NamesMessage.Digest digest(boolean answer) {
    return new NamesMessage.Digest(sequence, hash, answer);
  }

  /** The changes that nobody has been told of yet, as messages. */
  List<NamesMessage> takeUnsent() {
    var messages = deltas(sequence - unsent.size(), unsent);
    unsent.clear();
    return messages;
  }

  /** What a peer lacks that has the changes up to {@code after}; everything if that is negative. */
  List<NamesMessage> since(long after) {
    long oldest = sequence - log.size();
    if (after < 0 || after < oldest || after > sequence) {
      return snapshot();
    }
    var missing = log.stream().skip(after - oldest).toList();
    return deltas(after, missing);
  }

  private List<NamesMessage> snapshot() {
    var all = List.copyOf(claims.values());
    int parts = Math.max(1, (all.size() + PORTION - 1) / PORTION);
    var messages = new ArrayList<NamesMessage>(parts);
    for (int part = 0; part < parts; part++) {
      var portion = all.subList(part * PORTION, Math.min(all.size(), (part + 1) * PORTION));
      messages.add(new NamesMessage.Snapshot(sequence, part, parts, portion));
    }
    return messages;
  }

  private static List<NamesMessage> deltas(long after, List<Change> changes) {
    var messages = new ArrayList<NamesMessage>();
    for (int i = 0; i < changes.size(); i += PORTION) {
      var portion = List.copyOf(changes.subList(i, Math.min(changes.size(), i + PORTION)));
      messages.add(new NamesMessage.Delta(after + i, portion));
    }
    return messages;
  }

  private void forget(ProcessName name) {
    var before = claims.remove(name);
    if (before == null) {
      return;
    }
    hash -= ClaimHash.of(before);
    namesByOwner.computeIfPresent(
        before.owner(),
        (_, names) -> {
          names.remove(name);
          return names.isEmpty() ? null : names;
        });
  }

  private void append(Change change) {
    sequence++;
    log.addLast(change);
    if (log.size() > LOG_MAX) {
      log.removeFirst();
    }
    unsent.add(change);
  }
}
