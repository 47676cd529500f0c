package io.roster.node.names.protocol;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.claim.Resolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Every claim that is heard of, by name, and the one that stands. Nearly always there is one claim;
 * there are more while a name changes hands and after a heal. Confined to its {@link NameTable}.
 */
final class Contenders {

  /** How long a claim that was taken over on purpose is kept from coming back. */
  private static final long REPLACED_NANOS = 2_000_000_000L;

  private final Map<ProcessName, List<Claim>> claims = new HashMap<>();

  /**
   * Claims that were taken over: should the successor end first, its predecessor's node may not
   * have told the end of the claim yet. Not for ever, for that node alone knows what it holds.
   */
  private final Map<RegistrationId, Replaced> replaced = new LinkedHashMap<>();

  private final Resolver resolver;

  private record Replaced(ProcessName name, long untilNanos) {}

  Contenders(Resolver resolver) {
    this.resolver = resolver;
  }

  List<Claim> of(ProcessName name) {
    return claims.getOrDefault(name, List.of());
  }

  Optional<Claim> winner(ProcessName name) {
    return winner(of(name));
  }

  /** The one of {@code claims} that stands. Those that were taken over on purpose do not count. */
  Optional<Claim> winner(List<Claim> claims) {
    var standing = withoutReplaced(claims);
    return switch (standing.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(standing.getFirst());
      default -> resolver.winner(standing);
    };
  }

  /** Whether a claim was taken over a moment ago. */
  boolean isReplaced(Claim claim) {
    return replaced.containsKey(claim.id());
  }

  /** The names of claims that were taken over and that {@code chosen} speaks of. */
  List<ProcessName> replaced(BiPredicate<RegistrationId, Long> chosen) {
    var names = new LinkedHashSet<ProcessName>();
    replaced.forEach(
        (id, one) -> {
          if (chosen.test(id, one.untilNanos())) {
            names.add(one.name());
          }
        });
    return List.copyOf(names);
  }

  /** Lets the claims that {@code chosen} speaks of count again. */
  void forgetReplaced(BiPredicate<RegistrationId, Long> chosen) {
    replaced.entrySet().removeIf(one -> chosen.test(one.getKey(), one.getValue().untilNanos()));
  }

  void add(Claim claim, long nowNanos) {
    claim
        .replaces()
        .ifPresent(id -> replaced.put(id, new Replaced(claim.name(), nowNanos + REPLACED_NANOS)));
    var present = of(claim.name());
    if (present.isEmpty()) {
      claims.put(claim.name(), List.of(claim));
      return;
    }
    var next = new ArrayList<Claim>(present.size() + 1);
    for (var other : present) {
      if (!other.owner().node().equals(claim.owner().node())) {
        next.add(other);
      }
    }
    next.add(claim);
    claims.put(claim.name(), List.copyOf(next));
  }

  void remove(Claim claim) {
    var present = of(claim.name());
    var next = present.stream().filter(other -> !other.id().equals(claim.id())).toList();
    if (next.isEmpty()) {
      claims.remove(claim.name());
    } else {
      claims.put(claim.name(), next);
    }
  }

  int names() {
    return claims.size();
  }

  private List<Claim> withoutReplaced(List<Claim> claims) {
    return replaced.isEmpty() && claims.size() < 2
        ? claims
        : claims.stream()
            .filter(claim -> !isReplaced(claim) && !isSucceeded(claim, claims))
            .toList();
  }

  private static boolean isSucceeded(Claim claim, List<Claim> claims) {
    return claims.stream().anyMatch(other -> other.isSuccessorOf(claim));
  }
}
