package io.roster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says to bad input, before it starts anything. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoCommandTest {

  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void a_missing_input_is_named() {
    assertThat(demo("--input", folder.resolve("none.tsv").toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("none.tsv: expected a file with lines of room<TAB>user<TAB>text");
  }

  @Test
  void a_malformed_line_is_named() throws Exception {
    var file = Files.writeString(folder.resolve("bad.tsv"), "a\tann\thi\nhello\n");

    assertThat(demo("--input", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("bad.tsv line 2: expected room<TAB>user<TAB>text, got 1 field: \"hello\"");
  }

  @Test
  void a_heap_that_is_too_small_is_refused() {
    assertThat(demo("--heap", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("expected --heap of at least 64, got: 1");
  }

  @Test
  void an_unknown_option_is_named() {
    assertThat(demo("--frobnicate")).isEqualTo(2);
    assertThat(err.toString()).contains("got: --frobnicate");
  }

  private int demo(String... arguments) {
    var line = new String[arguments.length + 1];
    line[0] = "demo";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), line);
  }
}
