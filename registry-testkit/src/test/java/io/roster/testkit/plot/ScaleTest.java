package io.roster.testkit.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values lie, and what is written at an axis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScaleTest {

  @ParameterizedTest(name = "up to {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0.9|0.0 0.2 0.4 0.6 0.8 1.0",
        "4.4|0.0 1.0 2.0 3.0 4.0 5.0",
        "23|0.0 5.0 10.0 15.0 20.0 25.0",
        "5000|0.0 1000.0 2000.0 3000.0 4000.0 5000.0",
      })
  void a_linear_axis_ends_at_a_round_number_and_has_round_steps(double highest, String ticks) {
    var scale = Scale.fromZero(List.of(highest / 3, highest));

    assertThat(scale.ticks(6).stream().map(tick -> Math.round(tick * 1e6) / 1e6).toList())
        .hasToString("[" + ticks.replace(" ", ", ") + "]");
    assertThat(scale.share(0)).isZero();
    assertThat(scale.share(highest)).isLessThanOrEqualTo(1).isGreaterThan(0.8);
  }

  @Test
  void an_axis_of_nothing_but_zeros_has_a_length() {
    var scale = Scale.fromZero(List.of(0.0, 0.0));

    assertThat(scale.share(0)).isZero();
    assertThat(scale.ticks(5)).contains(0.0, 1.0);
  }

  @Test
  void equal_factors_are_equal_distances_on_a_logarithmic_axis() {
    var scale = Scale.logarithmic(List.of(1.0, 1_000.0));

    assertThat(scale.share(10) - scale.share(1))
        .isCloseTo(scale.share(100) - scale.share(10), within(1e-9));
    assertThat(scale.share(10_000)).isEqualTo(1);
    assertThat(scale.share(0)).isZero();
  }

  @Test
  void a_logarithmic_axis_is_written_at_ones_twos_and_fives_while_there_is_room() {
    assertThat(Scale.logarithmic(List.of(1.3, 18.0)).ticks(7))
        .containsExactly(1.0, 2.0, 5.0, 10.0, 20.0);
    assertThat(Scale.logarithmic(List.of(1.0, 100_000.0)).ticks(7))
        .containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0);
  }

  @Test
  void a_logarithmic_axis_of_one_value_or_of_none_has_a_length() {
    assertThat(Scale.logarithmic(List.of(5.0)).share(50)).isEqualTo(1);
    assertThat(Scale.logarithmic(List.of(0.0)).share(0)).isZero();
  }

  @Test
  void a_marked_axis_is_written_at_its_values_alone_and_holds_them_all() {
    var scale = Scale.marked(List.of(10.0, 3.0, 10_000.0, 3.0));

    assertThat(scale.ticks(2)).containsExactly(3.0, 10.0, 10_000.0);
    assertThat(scale.share(3)).isGreaterThan(0);
    assertThat(scale.share(10_000)).isLessThan(1);
  }

  @Test
  void an_axis_that_ends_before_it_begins_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scale.Linear(2, 2))
        .withMessage("expected an axis that ends above its beginning, got: 2.0 to 2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scale.Logarithmic(0, 2))
        .withMessageContaining("expected a logarithmic axis above zero");
  }

  @ParameterizedTest(name = "{0} is written {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "0.0456|0.0456",
        "1.234|1.23",
        "12.34|12.3",
        "1234.5|1,234",
        "1000000|1,000,000"
      })
  void numbers_have_about_three_digits_and_thousands_grouped(double value, String text) {
    assertThat(Numbers.text(value)).isEqualTo(text);
  }

  @Test
  void bars_on_a_logarithmic_axis_begin_at_one_or_below() {
    assertThat(Scale.logarithmicFromOne(List.of(0.0, 30_000.0)).ticks(7)).startsWith(1.0);
    assertThat(Scale.logarithmicFromOne(List.of(0.3, 30_000.0)).share(0.3)).isPositive();
  }
}
