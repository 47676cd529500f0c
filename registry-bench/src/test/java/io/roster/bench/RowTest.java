package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowTest {

  private static final Goal TWICE = new Goal.Ratio(2);

  @Test
  void of_rates_the_larger_is_better() {
    assertThat(row(Unit.PER_SECOND, TWICE, 300.0, 100.0).ratio()).isEqualTo(3);
    assertThat(row(Unit.PER_SECOND, TWICE, 300.0, 100.0).met()).isTrue();
    assertThat(row(Unit.PER_SECOND, TWICE, 200.0, 100.0).met()).isTrue();
    assertThat(row(Unit.PER_SECOND, TWICE, 100.0, 100.0).met()).isFalse();
  }

  @Test
  void of_times_and_bytes_the_smaller_is_better() {
    for (Unit unit : Set.of(Unit.MICROSECONDS, Unit.SECONDS, Unit.BYTES)) {
      assertThat(row(unit, TWICE, 50.0, 100.0).ratio()).isEqualTo(2);
      assertThat(row(unit, TWICE, 50.0, 100.0).met()).isTrue();
      assertThat(row(unit, TWICE, 200.0, 100.0).met()).isFalse();
    }
  }

  @Test
  void without_the_peer_nothing_is_claimed() {
    var row = row(Unit.PER_SECOND, TWICE, 300.0, null);

    assertThat(row.peer()).isEqualTo("peer");
    assertThat(row.theirs()).isNull();
    assertThat(row.ratio()).isNull();
    assertThat(row.met()).isNull();
  }

  @Test
  void a_bound_needs_no_peer() {
    assertThat(row(Unit.BYTES, new Goal.AtMost(400), 400.0, null).met()).isTrue();
    assertThat(row(Unit.BYTES, new Goal.AtMost(400), 401.0, null).met()).isFalse();
    assertThat(row(Unit.PER_SECOND, new Goal.AtLeast(10), 10.0, null).met()).isTrue();
    assertThat(row(Unit.PER_SECOND, new Goal.AtLeast(10), 9.0, null).met()).isFalse();
  }

  @Test
  void a_bound_is_not_moved_by_the_peer() {
    var row = row(Unit.BYTES, new Goal.AtMost(400), 800.0, 2_400.0);

    assertThat(row.ratio()).isEqualTo(3);
    assertThat(row.met()).isFalse();
  }

  @Test
  void what_could_not_be_measured_meets_nothing() {
    var row = row(Unit.BYTES, new Goal.AtMost(400), null, 2_400.0);

    assertThat(row.ratio()).isNull();
    assertThat(row.met()).isNull();
  }

  @Test
  void without_a_goal_nothing_is_met_or_missed() {
    var row = row(Unit.PER_SECOND, new Goal.None(), 300.0, 100.0);

    assertThat(row.ratio()).isEqualTo(3);
    assertThat(row.met()).isNull();
  }

  private static Row row(Unit unit, Goal goal, @Nullable Double ours, @Nullable Double theirs) {
    var work = Work.of("work", unit, _ -> 0).beside(StubPeer.ABSENT, "key", goal);
    return Row.of(work, work.comparisons().getFirst(), ours, theirs);
  }
}
