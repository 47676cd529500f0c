package io.roster.node.names.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResolverTest {

  private static final List<Resolver> ORDERED =
      List.of(Resolver.KEEP_OLDER, Resolver.KEEP_NEWER, Resolver.priority("priority"));

  static Stream<Long> seeds() {
    return LongStream.range(0, 200).boxed();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_winner_is_the_same_in_whatever_order_claims_arrive(long seed) {
    var random = new SplittableRandom(seed);
    var claims = new ArrayList<Claim>();
    for (int i = 0; i < 5; i++) {
      claims.add(Claims.random(random));
    }

    for (var resolver : ORDERED) {
      var expected = resolver.winner(claims);
      for (int i = 0; i < 10; i++) {
        Collections.shuffle(claims, new Random(seed * 31 + i));
        assertThat(resolver.winner(claims)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void joining_pairs_in_any_grouping_and_twice_gives_the_same_winner(long seed) {
    var random = new SplittableRandom(seed);
    var a = Claims.random(random);
    var b = Claims.random(random);
    var c = Claims.random(random);

    for (var resolver : ORDERED) {
      assertThat(join(resolver, join(resolver, a, b), c))
          .isEqualTo(join(resolver, a, join(resolver, b, c)));
      assertThat(join(resolver, a, b)).isEqualTo(join(resolver, b, a));
      assertThat(join(resolver, a, a)).isEqualTo(a);
    }
  }

  private static Claim join(Resolver resolver, Claim one, Claim other) {
    return resolver.winner(List.of(one, other)).orElseThrow();
  }

  @Test
  void keep_older_prefers_the_longer_tenure_whatever_the_epoch() {
    var older = Claims.claim("b", 1, 10);
    var newer = Claims.claim("a", 1, 20).withEpoch(7);

    assertThat(Resolver.KEEP_OLDER.winner(List.of(newer, older))).contains(older);
  }

  @Test
  void within_a_tenure_the_latest_owner_stands() {
    var first = Claims.claim("a", 1, 10);
    var second =
        first.handedTo(
            Claims.claim("b", 2, 0).owner(), new RegistrationId(Claims.node("b"), 9), Map.of());

    for (var resolver : ORDERED) {
      assertThat(resolver.winner(List.of(first, second))).contains(second);
    }
  }

  // case 42
  @Test
  void keep_newer_prefers_the_later_tenure() {
    var older = Claims.claim("a", 1, 10);
    var newer = Claims.claim("b", 1, 20);

    assertThat(Resolver.KEEP_NEWER.winner(List.of(older, newer))).contains(newer);
  }

  @Test
  void keep_none_prefers_nobody_if_there_is_more_than_one() {
    var one = Claims.claim("a", 1, 10);
    var other = Claims.claim("b", 1, 20);

    assertThat(Resolver.KEEP_NONE.winner(List.of(one, other))).isEmpty();
    assertThat(Resolver.KEEP_NONE.winner(List.of(one))).contains(one);
  }

  @Test
  void nonsense_for_a_priority_counts_as_zero() {
    var plain = Claims.claim("a", 1, 10);
    var nonsense =
        Claim.first(Claims.NAME, 20, plain.owner(), plain.id(), Map.of("priority", "high"));
    var high = Claim.first(Claims.NAME, 30, plain.owner(), plain.id(), Map.of("priority", "1"));

    var resolver = Resolver.priority("priority");

    assertThat(resolver.winner(List.of(nonsense, plain))).contains(plain);
    assertThat(resolver.winner(List.of(nonsense, plain, high))).contains(high);
  }

  @Test
  void metadata_over_the_limit_is_refused_with_its_size() {
    var claim = Claims.claim("a", 1, 10);

    assertThatThrownBy(
            () ->
                Claim.first(
                    Claims.NAME, 1, claim.owner(), claim.id(), Map.of("k", "x".repeat(1024))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected metadata of at most 1024")
        .hasMessageContaining("got 1025");
  }
}
