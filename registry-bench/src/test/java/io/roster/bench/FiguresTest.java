package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FiguresTest {

  @Test
  void figures_are_read_and_other_lines_passed_over() throws Exception {
    String output = "a warning\nfigure\tcall_1_1\t360000.125\nfigures follow\nfigure\tspawn\t1.0\n";

    assertThat(Figures.parse(output))
        .containsEntry("call_1_1", 360000.125)
        .containsEntry("spawn", 1.0)
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "figure\tspawn",
        "figure\tspawn\t",
        "figure\tspawn\tfast",
        "figure\tspawn\tNaN",
        "figure\tspawn\tInfinity",
        "figure\tspawn\t-1.0",
        "figure\tspawn\t1.0\t2.0",
        "figure\tspawn\t1.0\nfigure\tspawn\t2.0"
      })
  void a_malformed_figure_is_refused_with_its_line(String output) {
    assertThatThrownBy(() -> Figures.parse(output))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("expected the word figure, a new key and a number, got: figure\t");
  }
}
