package io.roster.core.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.carrier.CarrierRule.Look;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CarrierRuleTest {

  private final CarrierRule start = CarrierRule.of(2);

  private static CarrierRule looks(CarrierRule rule, Look look, int times) {
    CarrierRule now = rule;
    for (int i = 0; i < times; i++) {
      now = now.after(look, now.present());
    }
    return now;
  }

  @Test
  void a_thread_left_waiting_doubles_the_carriers_up_to_the_most() {
    assertThat(looks(start, Look.WAITING, 1).present()).isEqualTo(4);
    assertThat(looks(start, Look.WAITING, 2).present()).isEqualTo(8);
    assertThat(looks(start, Look.WAITING, 9).present()).isEqualTo(16);
  }

  @Test
  void a_late_look_proves_nothing() {
    assertThat(looks(start, Look.LATE, 3)).isEqualTo(start);
  }

  @Test
  void the_carriers_are_given_back_after_a_calm_while_and_not_before() {
    CarrierRule raised = looks(start, Look.WAITING, 2);

    CarrierRule almost = looks(raised, Look.PROMPT, CarrierRule.CALM_LOOKS - 1);

    assertThat(almost.present()).isEqualTo(8);
    assertThat(almost.after(Look.PROMPT, 8).present()).isEqualTo(2);
    CarrierRule disturbed = almost.after(Look.WAITING, 8);
    assertThat(looks(disturbed, Look.PROMPT, CarrierRule.CALM_LOOKS - 1).present()).isEqualTo(16);
  }

  @Test
  void what_others_have_set_is_built_on() {
    assertThat(start.after(Look.WAITING, 8).present()).isEqualTo(16);
    assertThat(start.after(Look.PROMPT, 8).present()).isEqualTo(8);
  }
}
