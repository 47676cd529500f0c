package io.roster.demo.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChatInputTest {

  @Test
  void posts_are_grouped_by_room_and_keep_their_order() throws Exception {
    var input = parse("b\tann\tone\na\tbob\ttwo\nb\tcat\tthree\n");

    assertThat(input.rooms().keySet()).containsExactly("b", "a");
    assertThat(input.rooms().get("b"))
        .containsExactly(new ChatPost("b", "ann", "one"), new ChatPost("b", "cat", "three"));
    assertThat(input.posts()).isEqualTo(3);
  }

  @Test
  void a_text_may_be_empty_and_the_last_line_may_lack_its_end() throws Exception {
    var input = parse("a\tann\t\na\tbob\tbye");

    assertThat(input.rooms().get("a"))
        .containsExactly(new ChatPost("a", "ann", ""), new ChatPost("a", "bob", "bye"));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "hello| expected room<TAB>user<TAB>text, got 1 field: \"hello\"",
        "a>b| expected room<TAB>user<TAB>text, got 2 fields: \"a\\tb\"",
        "a>b>c>d| expected room<TAB>user<TAB>text, got 4 fields: \"a\\tb\\tc\\td\"",
        ">b>c| expected a room and a user, got: \"\\tb\\tc\"",
        "a>>c| expected a room and a user, got: \"a\\t\\tc\"",
      })
  void a_malformed_line_is_named_with_what_was_expected_and_what_came(String line, String says) {
    var text = "fine\tann\thi\n" + line.replace('>', '\t') + "\n";

    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(ChatInputException.class)
        .hasMessage("input test line 2: " + says.strip());
  }

  @Test
  void an_empty_line_is_malformed_too() {
    assertThatThrownBy(() -> parse("a\tann\thi\n\n"))
        .hasMessage("input test line 2: expected room<TAB>user<TAB>text, got 1 field: \"\"");
  }

  @Test
  void a_room_must_be_a_process_name() {
    assertThatThrownBy(() -> parse("a\u0007\tann\thi\n"))
        .isInstanceOf(ChatInputException.class)
        .hasMessageStartingWith("input test line 1: expected the room to be a process name: ");
  }

  @Test
  void a_line_over_the_limit_is_refused() {
    var line = "a\tann\t" + "x".repeat(ChatInput.LINE_MAX);

    assertThatThrownBy(() -> parse(line))
        .hasMessage("input test line 1: expected at most 65536 characters, got: 65542");
  }

  @Test
  void an_empty_input_is_refused() {
    assertThatThrownBy(() -> parse(""))
        .hasMessage("input test: expected lines of room<TAB>user<TAB>text, got: no line");
  }

  @Test
  void bytes_that_are_no_text_are_refused() {
    var bytes = new byte[] {'a', '\t', 'b', '\t', 'c', '\n', (byte) 0xff, (byte) 0xfe};

    assertThatThrownBy(() -> ChatInput.parse("test", new ByteArrayInputStream(bytes)))
        .isInstanceOf(ChatInputException.class)
        .hasMessageStartingWith("input test: expected UTF-8");
  }

  @Test
  void a_missing_file_is_named(@TempDir Path folder) {
    var file = folder.resolve("none.tsv");

    assertThatThrownBy(() -> ChatInput.read(file))
        .hasMessage(
            "input "
                + file
                + ": expected a file with lines of room<TAB>user<TAB>text, got: no such file");
  }

  @Test
  void a_folder_is_no_input(@TempDir Path folder) {
    assertThatThrownBy(() -> ChatInput.read(folder))
        .hasMessage("input " + folder + ": expected a file, got: a folder");
  }

  @Test
  void a_file_is_read(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("some.tsv"), "a\tann\thi\n");

    assertThat(ChatInput.read(file).posts()).isOne();
  }

  @Test
  void the_sample_has_a_few_hundred_posts_in_many_rooms() {
    var sample = ChatInput.sample();

    assertThat(sample.posts()).isBetween(200, 500);
    assertThat(sample.rooms()).hasSizeBetween(12, 20);
  }

  private static ChatInput parse(String text) throws IOException, ChatInputException {
    return ChatInput.parse("test", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
