package io.roster.testkit.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a history says of each claim. Confined to the checker. */
final class Claims {

  /** Granted and not given up, by name, in the order of the grants. */
  private final Map<String, List<Claim>> standing = new LinkedHashMap<>();

  private final Map<Integer, String> pids = new HashMap<>();
  private final Map<Integer, Integer> timesTold = new HashMap<>();
  private final Map<Integer, String> endings = new HashMap<>();
  private final Set<Integer> removed = new HashSet<>();
  private final Set<String> removedNames = new LinkedHashSet<>();
  private final List<Claim> undecided = new ArrayList<>();

  Claims(List<History.Entry> history) {
    history.forEach(entry -> add(entry.event()));
  }

  private void add(Event event) {
    switch (event) {
      case Event.Granted(Claim claim, String pid) -> {
        pids.put(claim.id(), pid);
        standing.computeIfAbsent(claim.name(), name -> new ArrayList<>()).add(claim);
      }
      case Event.Removed(Claim claim) -> {
        removed.add(claim.id());
        removedNames.add(claim.name());
        standing.getOrDefault(claim.name(), new ArrayList<>()).remove(claim);
      }
      case Event.Told(Claim claim, String _) -> timesTold.merge(claim.id(), 1, Integer::sum);
      case Event.Ended(Claim claim, String reason) -> endings.put(claim.id(), reason);
      case Event.Undecided(Claim claim, String _) -> undecided.add(claim);
      case Event.Denied _,
          Event.SawDown _,
          Event.SawUp _,
          Event.Cut _,
          Event.Healed _,
          Event.Agreed _ -> {}
    }
  }

  /** Names that should exist, each with the claims to it that stood when the cut ended. */
  Map<String, List<Claim>> standing() {
    var existing = new LinkedHashMap<String, List<Claim>>();
    standing.forEach(
        (name, claims) -> {
          if (!claims.isEmpty()) {
            existing.put(name, List.copyOf(claims));
          }
        });
    return existing;
  }

  /** Names that were given up and that nobody else holds. */
  Set<String> gone() {
    var gone = new LinkedHashSet<>(removedNames);
    gone.removeAll(standing().keySet());
    return gone;
  }

  String pid(Claim claim) {
    return pids.getOrDefault(claim.id(), "");
  }

  int timesTold(Claim claim) {
    return timesTold.getOrDefault(claim.id(), 0);
  }

  /** Why a claimant that was neither told nor asked to give up has ended, or empty. */
  String unexpectedEnding(Claim claim) {
    return removed.contains(claim.id()) || timesTold(claim) > 0
        ? ""
        : endings.getOrDefault(claim.id(), "");
  }

  List<Claim> undecided() {
    return List.copyOf(undecided);
  }
}
