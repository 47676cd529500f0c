package io.roster.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** One table for terminals, for documents and for pages. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TableTest {

  private final Table table =
      new Table(
          List.of("goal", "seconds"), List.of(List.of("a | b", "1,234"), List.of("<c>", "-")));

  @Test
  void text_is_aligned_and_is_markdown() {
    assertThat(table.text())
        .isEqualTo(
            """
            | goal   | seconds |
            | ------ | ------: |
            | a \\| b |   1,234 |
            | <c>    |       - |
            """);
  }

  @Test
  void a_page_gets_headers_numbers_to_the_right_and_no_markup_of_others() {
    assertThat(table.html(text -> text.equals("-") ? "bad" : ""))
        .contains(
            "<th scope=\"col\">goal</th>",
            "<th scope=\"col\" class=\"number\">seconds</th>",
            "<td>&lt;c&gt;</td>",
            "<td class=\"number bad\">-</td>");
  }

  @Test
  void a_row_with_too_few_columns_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1"))))
        .withMessage("expected 2 columns, got: [1]");
  }
}
