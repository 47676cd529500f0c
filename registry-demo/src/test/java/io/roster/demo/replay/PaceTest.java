package io.roster.demo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PaceTest {

  private static final Pace PACE = new Pace(Duration.ofSeconds(4));

  @Test
  void posts_go_out_freely_while_nothing_changes() {
    assertThat(PACE.gap(false, 1)).isZero();
  }

  @Test
  void posts_are_spread_while_the_cluster_changes() {
    assertThat(PACE.gap(true, 2000)).isEqualTo(Duration.ofMillis(2));
    assertThat(PACE.gap(true, 100)).isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void the_fewer_are_left_the_slower_they_go_to_a_limit() {
    assertThat(PACE.gap(true, 1)).isEqualTo(Duration.ofMillis(500));
    assertThat(PACE.gap(true, 0)).isEqualTo(Duration.ofMillis(500));
  }
}
