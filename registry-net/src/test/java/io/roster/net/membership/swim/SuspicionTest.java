package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.roster.core.identity.NodeName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a suspect has. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SuspicionTest {

  private static final long MIN = 1_000;
  private static final long MAX = 6_000;

  /** max - (max - min) log(c + 1) / log(k + 1), the paper's formula, worked out by hand. */
  @ParameterizedTest(name = "{0} of {1} confirmations: {2}")
  @CsvSource({
    "0, 3, 6000",
    "1, 3, 3500",
    "2, 3, 2037",
    "3, 3, 1000",
    "4, 3, 1000",
    "0, 1, 6000",
    "1, 1, 1000",
    "0, 0, 1000",
    "2, 0, 1000"
  })
  void the_timeout_follows_the_table(int confirmations, int expected, long timeout) {
    var accusers =
        IntStream.rangeClosed(0, confirmations).mapToObj(i -> new NodeName("n" + i)).toList();

    var suspicion = new Suspicion(50, accusers.size(), accusers);

    assertThat(suspicion.deadlineNanos(expected, MIN, MAX) - 50).isCloseTo(timeout, within(1L));
  }

  @Test
  void an_accuser_counts_once() {
    var a = new NodeName("a");
    var b = new NodeName("b");
    var suspicion = new Suspicion(0, 4, List.of(a));

    assertThat(suspicion.confirm(List.of(a))).isFalse();
    assertThat(suspicion.confirm(List.of(b, a))).isTrue();
    assertThat(suspicion.confirm(List.of(b))).isFalse();
    assertThat(suspicion.confirmations()).isEqualTo(1);
    assertThat(suspicion.accusers()).containsExactly(a, b);
  }

  @Test
  void an_accuser_who_shortens_nothing_is_no_news() {
    var suspicion = new Suspicion(0, 2, List.of(new NodeName("a")));
    suspicion.confirm(List.of(new NodeName("b")));

    assertThat(suspicion.confirm(List.of(new NodeName("c")))).isFalse();
    assertThat(suspicion.accusers()).hasSize(2);
  }
}
