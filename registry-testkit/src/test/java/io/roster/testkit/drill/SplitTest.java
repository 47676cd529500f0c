package io.roster.testkit.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SplitTest {

  @Test
  void sides_take_their_nodes_in_order() {
    var split = Split.parse("3,2", 5);

    assertThat(split.sides()).containsExactly(List.of(1, 2, 3), List.of(4, 5));
    assertThat(split.sideOf(3)).isZero();
    assertThat(split.sideOf(4)).isOne();
    assertThat(split.nodeOf(1, 3)).isEqualTo(5);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"3,1", "5", "2,2,2"})
  void sizes_must_add_up_and_be_two_at_least(String text) {
    assertThatThrownBy(() -> Split.parse(text, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected at least two sizes that add up to 5 nodes, such as 3,2, got: " + text);
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", "3,", "a,b", "6,-1", "5,0"})
  void what_is_no_size_is_refused(String text) {
    assertThatThrownBy(() -> Split.parse(text, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the sizes of the sides, such as 3,2, got: " + text);
  }
}
