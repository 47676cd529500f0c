package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestartLimitTest {

  @Test
  void one_restart_more_than_the_limit_inside_the_window_is_too_many() {
    var limit = RestartLimit.of(2, Duration.ofNanos(100));

    RestartHistory two = RestartHistory.EMPTY.restartedAt(0, limit).restartedAt(50, limit);

    assertThat(two.exceeds(limit)).isFalse();
    assertThat(two.restartedAt(100, limit).exceeds(limit)).isTrue();
  }

  @Test
  void a_restart_leaves_the_window_to_the_nanosecond() {
    var limit = RestartLimit.of(1, Duration.ofSeconds(5));
    long window = limit.window().toNanos();
    RestartHistory one = RestartHistory.EMPTY.restartedAt(0, limit);

    assertThat(one.restartedAt(window, limit).exceeds(limit)).isTrue();
    assertThat(one.restartedAt(window + 1, limit).exceeds(limit)).isFalse();
  }

  @Test
  void restarts_no_longer_ago_than_the_window_count() {
    for (List<Long> gaps : fiveOf(List.of(0L, 1L, 9L, 10L, 11L))) {
      for (int restarts = 0; restarts <= 4; restarts++) {
        countsWhatIsInsideTheWindow(gaps, RestartLimit.of(restarts, Duration.ofNanos(10)));
      }
    }
  }

  private static List<List<Long>> fiveOf(List<Long> choices) {
    List<List<Long>> all = List.of(List.of());
    for (int i = 0; i < 5; i++) {
      all =
          all.stream()
              .flatMap(
                  some ->
                      choices.stream()
                          .map(one -> Stream.concat(some.stream(), Stream.of(one)).toList()))
              .toList();
    }
    return all;
  }

  private static void countsWhatIsInsideTheWindow(List<Long> gaps, RestartLimit limit) {
    RestartHistory history = RestartHistory.EMPTY;
    var moments = new ArrayList<Long>();
    long now = 0;
    for (long gap : gaps) {
      now += gap;
      moments.add(now);
      history = history.restartedAt(now, limit);

      long newest = now;
      List<Long> counted = moments.stream().filter(then -> newest - then <= 10).toList();
      assertThat(history.nanos()).isEqualTo(counted);
      assertThat(history.exceeds(limit)).isEqualTo(counted.size() > limit.restarts());
    }
  }

  @Test
  void the_clock_may_wrap_around() {
    var limit = RestartLimit.of(1, Duration.ofSeconds(5));
    RestartHistory one = RestartHistory.EMPTY.restartedAt(Long.MAX_VALUE, limit);

    assertThat(one.restartedAt(Long.MIN_VALUE, limit).exceeds(limit)).isTrue();
  }

  @Test
  void with_a_limit_of_zero_the_first_restart_is_too_many() {
    var limit = RestartLimit.of(0, Duration.ofSeconds(5));

    assertThat(RestartHistory.EMPTY.restartedAt(0, limit).exceeds(limit)).isTrue();
  }

  @Test
  void the_history_is_no_longer_than_the_limit_asks() {
    var limit = RestartLimit.of(3, Duration.ofNanos(10));
    RestartHistory history = RestartHistory.EMPTY;

    for (int i = 0; i < 1_000; i++) {
      history = history.restartedAt(i * 100L, limit);
    }

    assertThat(history.nanos()).hasSize(1);
  }

  @Test
  void the_history_holds_what_is_inside_the_window_oldest_first() {
    var limit = RestartLimit.of(100, Duration.ofNanos(30));
    RestartHistory history = RestartHistory.EMPTY;

    for (int i = 0; i <= 7; i++) {
      history = history.restartedAt(i * 10L, limit);
    }

    assertThat(history.nanos()).containsExactly(40L, 50L, 60L, 70L);
    assertThat(history.restartedAt(95, limit).nanos()).containsExactly(70L, 95L);
    assertThat(history.restartedAt(80, limit).nanos()).containsExactly(50L, 60L, 70L, 80L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 10, 100})
  void one_attempt_more_than_the_limit_fits_into_the_window(int restarts) {
    var limit = RestartLimit.of(restarts, Duration.ofSeconds(5));
    Duration waited = Duration.ZERO;

    for (int failures = 1; failures <= restarts; failures++) {
      waited = waited.plus(limit.backoffAfter(failures));
    }

    assertThat(waited).isLessThan(limit.window());
  }

  @Test
  void the_pause_grows() {
    var limit = RestartLimit.of(10, Duration.ofMinutes(1));

    assertThat(limit.backoffAfter(1)).isZero();
    assertThat(limit.backoffAfter(3)).isGreaterThan(limit.backoffAfter(2));
    assertThat(limit.backoffAfter(100)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_bad_limit_names_itself() {
    assertThatThrownBy(() -> RestartLimit.of(-1, Duration.ofSeconds(1)))
        .hasMessage("expected restarts to be zero or more, got: -1");
    assertThatThrownBy(() -> RestartLimit.of(1, Duration.ZERO))
        .hasMessage("expected window to be positive, got: PT0S");
  }
}
