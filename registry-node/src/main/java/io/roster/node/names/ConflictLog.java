package io.roster.node.names;

import io.roster.node.names.claim.RegistrationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The latest conflicts, each once. Thread-safe. */
final class ConflictLog {

  private static final int CONFLICTS_MAX = 10_000;

  /** By the registration that gave way, which can give way only once. Guarded by itself. */
  private final Map<RegistrationId, Conflict> byLoser =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RegistrationId, Conflict> eldest) {
          return size() > CONFLICTS_MAX;
        }
      };

  void add(Conflict conflict) {
    synchronized (byLoser) {
      byLoser.putIfAbsent(conflict.loser().id(), conflict);
    }
  }

  List<Conflict> list() {
    synchronized (byLoser) {
      return List.copyOf(byLoser.values());
    }
  }
}
