package io.roster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgressTest {

  private final StringWriter shown = new StringWriter();

  @Test
  void without_a_terminal_there_is_a_line_for_each_tenth() {
    var progress = new Progress(new PrintWriter(shown), false);
    for (int done = 0; done <= 100; done += 5) {
      progress.bar(done, 100);
    }

    assertThat(shown.toString().lines()).hasSize(10).last().isEqualTo("  100 %  100 of 100 posts");
  }

  @Test
  void on_a_terminal_one_line_is_drawn_again_and_steps_get_lines_of_their_own() {
    var progress = new Progress(new PrintWriter(shown), true);

    progress.bar(50, 100);
    progress.step("node d joins");

    assertThat(shown.toString().lines())
        .containsExactly(
            "", "  [" + "#".repeat(20) + ".".repeat(20) + "] 50 of 100 posts ", "node d joins");
  }
}
