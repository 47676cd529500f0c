package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowTest {

  @Test
  void of_rates_the_larger_is_better() {
    var work = Work.rate("call", "call", () -> 0).withGoal(1.5);

    assertThat(Row.of(work, 300, "BEAM", 100.0).ratio()).isEqualTo(3);
    assertThat(Row.of(work, 300, "BEAM", 100.0).met()).isTrue();
    assertThat(Row.of(work, 100, "BEAM", 100.0).met()).isFalse();
  }

  @Test
  void of_times_the_smaller_is_better() {
    var work = Work.time("call", "call", () -> 0).withGoal(2);

    assertThat(Row.of(work, 50, "BEAM", 100.0).ratio()).isEqualTo(2);
    assertThat(Row.of(work, 50, "BEAM", 100.0).met()).isTrue();
    assertThat(Row.of(work, 200, "BEAM", 100.0).met()).isFalse();
  }

  @Test
  void without_the_peer_nothing_is_claimed() {
    var row = Row.of(Work.rate("call", "call", () -> 0).withGoal(1), 300, "BEAM", null);

    assertThat(row.theirs()).isNull();
    assertThat(row.ratio()).isNull();
    assertThat(row.met()).isNull();
  }
}
