package io.roster.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.ProcessName;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class BackOffTest {

  private static final ProcessName NAME = new ProcessName("w");
  private final BackOff backOff = new BackOff(Duration.ofSeconds(1));
  private long nowNanos;

  @Test
  void the_first_failure_costs_no_pause_and_the_next_ones_twice_the_one_before() {
    assertThat(pauseMillisAfterFailure()).isZero();
    assertThat(pauseMillisAfterFailure()).isEqualTo(200);
    assertThat(pauseMillisAfterFailure()).isEqualTo(400);
    assertThat(pauseMillisAfterFailure()).isEqualTo(800);
    assertThat(pauseMillisAfterFailure()).isEqualTo(1_000);
    assertThat(pauseMillisAfterFailure()).isEqualTo(1_000);
  }

  @Test
  void what_went_well_for_long_or_succeeded_begins_anew() {
    pauseMillisAfterFailure();
    pauseMillisAfterFailure();
    nowNanos += Duration.ofSeconds(40).toNanos();
    assertThat(pauseMillisAfterFailure()).isZero();

    pauseMillisAfterFailure();
    backOff.succeeded(NAME);
    assertThat(pauseMillisAfterFailure()).isZero();
  }

  private long pauseMillisAfterFailure() {
    backOff.failed(NAME, nowNanos);
    long failed = nowNanos;
    while (!backOff.isDue(NAME, nowNanos)) {
      nowNanos += Duration.ofMillis(10).toNanos();
    }
    return Duration.ofNanos(nowNanos - failed).toMillis();
  }
}
