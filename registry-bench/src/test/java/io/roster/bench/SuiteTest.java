package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SuiteTest {

  private static final Suite SUITE =
      new Suite(
          "suite",
          List.of(
              new Group("messages", List.of(work("call 1→1"), work("cast 1→1"))),
              new Group("names", List.of(work("lookup"), work("call by name")))));

  @Test
  void without_words_all_of_it_is_meant() {
    assertThat(titles(SUITE.only(List.of())))
        .containsExactly("call 1→1", "cast 1→1", "lookup", "call by name");
  }

  @Test
  void a_word_chooses_works_by_a_part_of_their_titles_whatever_the_case() {
    assertThat(titles(SUITE.only(List.of("CALL")))).containsExactly("call 1→1", "call by name");
  }

  @Test
  void a_group_is_chosen_by_its_title() {
    assertThat(titles(SUITE.only(List.of("names")))).containsExactly("lookup", "call by name");
  }

  @Test
  void several_words_add_up() {
    assertThat(titles(SUITE.only(List.of("lookup", "cast")))).containsExactly("cast 1→1", "lookup");
  }

  @Test
  void a_word_that_is_in_no_title_is_refused_even_beside_one_that_is() {
    assertThatThrownBy(() -> SUITE.only(List.of("lookup", "memory")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected a part of the title of a group (messages, names) or of a work, got: memory");
  }

  private static Work work(String title) {
    return Work.rate(title, _ -> 1);
  }

  private static List<String> titles(Suite suite) {
    return suite.groups().stream()
        .flatMap(group -> group.works().stream())
        .map(Work::title)
        .toList();
  }
}
