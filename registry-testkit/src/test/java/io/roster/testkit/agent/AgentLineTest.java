package io.roster.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AgentLineTest {

  @Test
  void a_line_is_read_as_it_was_written() {
    var line = AgentLine.of("granted", 7, "<n1#3.4>");

    assertThat(AgentLine.parse(line.toString())).contains(line);
    assertThat(AgentLine.parse(AgentLine.of("hello").toString())).contains(AgentLine.of("hello"));
  }

  @Test
  void lines_of_others_are_left_alone() {
    assertThat(AgentLine.parse("{\"event\":\"ready\"}")).isEmpty();
    assertThat(AgentLine.parse("")).isEmpty();
  }

  @Test
  void a_word_cannot_smuggle_in_another() {
    assertThatThrownBy(() -> AgentLine.of("claim", 1, "a\tb"))
        .hasMessage("expected words without tabs or lines, got: a\tb");
  }

  @Test
  void missing_and_malformed_words_are_named() {
    assertThatThrownBy(() -> AgentLine.of("claim", "x").number(0))
        .hasMessage("expected a number after claim, got: x");
    assertThatThrownBy(() -> AgentLine.of("claim", 1).word(1))
        .hasMessage("expected at least 2 words after claim, got: [1]");
  }
}
