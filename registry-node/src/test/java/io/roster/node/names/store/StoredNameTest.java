package io.roster.node.names.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.names.claim.Claims;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoredNameTest {

  static Stream<Long> seeds() {
    return LongStream.range(0, 500).boxed();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void join_is_associative_commutative_and_idempotent(long seed) {
    var random = new SplittableRandom(seed);
    var a = Claims.randomStored(random);
    var b = Claims.randomStored(random);
    var c = Claims.randomStored(random);

    assertThat(StoredName.join(StoredName.join(a, b), c))
        .isEqualTo(StoredName.join(a, StoredName.join(b, c)));
    assertThat(StoredName.ORDER.compare(StoredName.join(a, b), StoredName.join(b, a))).isZero();
    assertThat(StoredName.join(a, a)).isEqualTo(a);
  }

  @Test
  void the_end_of_a_registration_outlives_the_registration() {
    var held = new StoredName.Held(Claims.claim("a", 1, 10));
    var freed =
        (StoredName.Freed)
            new StoreOperation.Release(Claims.NAME, held.id())
                .apply(java.util.Optional.of(held))
                .next()
                .orElseThrow();

    assertThat(StoredName.join(held, freed)).isEqualTo(freed);
    assertThat(StoredName.join(freed, held)).isEqualTo(freed);
  }

  @Test
  void a_registration_that_followed_an_end_outlives_the_end() {
    var first = new StoredName.Held(Claims.claim("a", 1, 10));
    var freed = new StoredName.Freed(Claims.NAME, 2, first.id());
    var second =
        new StoreOperation.Take(Claims.claim("b", 1, 20), java.util.Set.of())
            .apply(java.util.Optional.of(freed))
            .next()
            .orElseThrow();

    assertThat(StoredName.join(freed, second)).isEqualTo(second);
    assertThat(StoredName.join(first, second)).isEqualTo(second);
  }
}
