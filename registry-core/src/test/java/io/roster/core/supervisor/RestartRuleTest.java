package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.RestartRule.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestartRuleTest {

  private static final NodeName A = new NodeName("a");
  private static final Pid PID = new Pid(new NodeId(A, 1), 1);

  static Stream<Arguments> table() { // case 95
    List<ExitReason> expected =
        List.of(
            ExitReason.normal(), ExitReason.shutdown(), new ExitReason.Shutdown("with a detail"));
    List<ExitReason> abnormal =
        List.of(
            ExitReason.killed(),
            new ExitReason.Crashed("boom"),
            ExitReason.noProcess(),
            new ExitReason.NoConnection(A));
    List<ExitReason> relinquished =
        List.of(
            new ExitReason.Moved(PID),
            new ExitReason.NodeLeaving(A),
            new ExitReason.QuorumLost("orders"),
            new ExitReason.NameConflict(new ProcessName("orders"), PID));
    var rows = new ArrayList<Arguments>();
    expected.forEach(
        reason -> {
          rows.add(Arguments.of(Restart.PERMANENT, reason, Verdict.RESTART));
          rows.add(Arguments.of(Restart.TRANSIENT, reason, Verdict.STAYS_DOWN));
          rows.add(Arguments.of(Restart.TEMPORARY, reason, Verdict.FORGOTTEN));
        });
    abnormal.forEach(
        reason -> {
          rows.add(Arguments.of(Restart.PERMANENT, reason, Verdict.RESTART));
          rows.add(Arguments.of(Restart.TRANSIENT, reason, Verdict.RESTART));
          rows.add(Arguments.of(Restart.TEMPORARY, reason, Verdict.FORGOTTEN));
        });
    relinquished.forEach(
        reason -> {
          rows.add(Arguments.of(Restart.PERMANENT, reason, Verdict.STAYS_DOWN));
          rows.add(Arguments.of(Restart.TRANSIENT, reason, Verdict.STAYS_DOWN));
          rows.add(Arguments.of(Restart.TEMPORARY, reason, Verdict.FORGOTTEN));
        });
    return rows.stream();
  }

  @ParameterizedTest(name = "a {0} child that ended with {1}: {2}")
  @MethodSource("table")
  void restart_follows_the_table(Restart restart, ExitReason reason, Verdict verdict) {
    assertThat(RestartRule.verdict(ChildPolicy.WORKER.withRestart(restart), reason))
        .isEqualTo(verdict);
  }

  @ParameterizedTest(name = "a {0} child that stands by and ended with {1}: {2}")
  @MethodSource("standbyTable")
  void who_stands_by_waits_for_a_name_that_it_lost(
      Restart restart, ExitReason reason, Verdict verdict) {
    ChildPolicy policy = ChildPolicy.WORKER.withRestart(restart).asStandby();

    assertThat(RestartRule.verdict(policy, reason)).isEqualTo(verdict);
  }

  static Stream<Arguments> standbyTable() {
    return table()
        .map(
            row -> {
              Object[] cells = row.get();
              boolean lost =
                  cells[1] instanceof ExitReason.NameConflict
                      || cells[1] instanceof ExitReason.QuorumLost;
              boolean kept = cells[0] != Restart.TEMPORARY;
              return Arguments.of(cells[0], cells[1], lost && kept ? Verdict.STANDS_BY : cells[2]);
            });
  }

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
