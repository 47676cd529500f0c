package io.roster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TableTest {

  @Test
  void columns_align_and_numbers_are_flush_right() {
    var table = new Table("name", "epoch", "pid");
    table.row("scene-042", 7, "<a#1.12>").row("b", 1234, "<b#1.3>");

    assertThat(printed(table))
        .isEqualTo(
            """
            name       epoch  pid
            scene-042      7  <a#1.12>
            b           1234  <b#1.3>
            """);
  }

  @Test
  void a_table_without_rows_is_its_header() {
    assertThat(printed(new Table("name", "pid"))).isEqualTo("name  pid\n");
  }

  @Test
  void control_characters_cannot_reach_the_terminal() {
    assertThat(printed(new Table("name").row("a\u001b[2Jb"))).isEqualTo("name\na?[2Jb\n");
  }

  @Test
  void a_row_of_another_width_is_refused() {
    assertThatThrownBy(() -> new Table("name").row("a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 1 cells, got: 2");
  }

  private static String printed(Table table) {
    var text = new StringWriter();
    table.print(new PrintWriter(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
