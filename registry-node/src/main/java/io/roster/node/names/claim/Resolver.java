package io.roster.node.names.claim;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of several claims of one name stands when parts of a cluster meet again. Immutable, pure:
 * every node must come to the same answer from the same claims, in whatever order they are given.
 * All nodes of a cluster use the same resolver.
 *
 * @see <a href="https://www.erlang.org/doc/apps/kernel/global.html#register_name/3">resolve
 *     functions of global</a>
 */
@FunctionalInterface
public interface Resolver {

  /** The longest tenure stands. The default. */
  Resolver KEEP_OLDER = first(Claim.OLDER_FIRST);

  /** The latest tenure stands. */
  Resolver KEEP_NEWER =
      first(Comparator.comparingLong(Claim::since).reversed().thenComparing(Claim.OLDER_FIRST));

  /** No claim stands: every owner is told. */
  Resolver KEEP_NONE =
      claims -> claims.size() == 1 ? Optional.of(claims.getFirst()) : Optional.empty();

  /**
   * The claim that stands.
   *
   * @param claims at least one claim of one name, of tenures that know nothing of each other
   * @return one of them, or nothing if none stands
   */
  Optional<Claim> winner(List<Claim> claims);

  /** The claim that comes first in {@code order}, which must be total. */
  static Resolver first(Comparator<Claim> order) {
    return claims -> claims.stream().min(order);
  }

  /**
   * The claim with the highest number under {@code key} in its metadata stands; one without a
   * number counts as zero. Among equals the longest tenure stands.
   */
  static Resolver priority(String key) {
    return first(
        Comparator.<Claim>comparingLong(claim -> number(claim.metadata().get(key)))
            .reversed()
            .thenComparing(Claim.OLDER_FIRST));
  }

  private static long number(@org.jspecify.annotations.Nullable String text) {
    if (text == null || !text.matches("-?[0-9]{1,18}")) {
      return 0;
    }
    return Long.parseLong(text);
  }
}
