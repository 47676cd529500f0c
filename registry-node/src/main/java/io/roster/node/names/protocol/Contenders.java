package io.roster.node.names.protocol;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.Resolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every claim that is heard of, by name, and the one that stands. Nearly always there is one claim;
 * there are more while a name changes hands and after a heal. Confined to its {@link NameTable}.
 */
final class Contenders {

  private final Map<ProcessName, List<Claim>> claims = new HashMap<>();
  private final Resolver resolver;

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
    return switch (claims.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(claims.getFirst());
      default -> resolver.winner(withoutReplaced(claims));
    };
  }

  void add(Claim claim) {
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

  private static List<Claim> withoutReplaced(List<Claim> claims) {
    var standing =
        claims.stream().filter(claim -> claims.stream().noneMatch(o -> o.isSuccessorOf(claim)));
    var rest = standing.toList();
    // A circle of successors cannot come about; if it is forged, all of them contend.
    return rest.isEmpty() ? claims : rest;
  }
}
