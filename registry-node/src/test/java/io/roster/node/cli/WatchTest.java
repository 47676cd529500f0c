package io.roster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(10)
class WatchTest {

  private final StringWriter shown = new StringWriter();

  @AfterEach
  void calm() {
    Thread.interrupted();
  }

  @Test
  void it_is_shown_again_after_each_pause_until_interrupted() {
    watch(Watch.Form.TEXT, "one\n", List.of(() -> "two\n", () -> "three\n"));

    assertThat(shown.toString()).isEqualTo("one\ntwo\nthree\n");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void a_node_that_is_away_is_told_of_and_waited_for() {
    watch(Watch.Form.TEXT, "one\n", List.of(WatchTest::away, () -> "three\n"));

    assertThat(shown.toString().lines()).containsExactly("one", "nobody there", "three");
  }

  @Test
  void a_program_gets_answers_alone() {
    watch(Watch.Form.JSON, "{}\n", List.of(WatchTest::away, () -> "[]\n"));

    assertThat(shown.toString()).isEqualTo("{}\n[]\n");
  }

  @Test
  void a_frame_begins_at_the_top_and_leaves_nothing_of_the_one_before() {
    watch(Watch.Form.SCREEN, "one\ntwo\n", List.of());

    assertThat(shown.toString()).isEqualTo("\u001b[Hone\u001b[K\ntwo\u001b[K\n\u001b[J");
  }

  @Test
  void it_ends_when_nobody_reads_any_more() {
    var reader =
        new FilterWriter(shown) {
          @Override
          public void flush() throws IOException {
            if (shown.toString().contains("two")) {
              throw new IOException("closed");
            }
          }
        };

    new Watch(new PrintWriter(reader), Watch.Form.TEXT, () -> {}).run("one\n", () -> "two\n");

    assertThat(shown).hasToString("one\ntwo\n");
  }

  @Test
  void it_ends_when_the_pipe_of_the_standard_output_is_closed() {
    var closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var out =
        new PrintWriter(
            new PrintStream(closed, false, StandardCharsets.UTF_8), true, StandardCharsets.UTF_8);

    new Watch(out, Watch.Form.TEXT, () -> {}).run("one\n", () -> "two\n");

    assertThat(out.checkError()).isTrue();
  }

  private static String away() {
    throw CommandFailure.failed("nobody there");
  }

  /** Interrupted in the pause in which nothing further is left. */
  private void watch(Watch.Form form, String first, List<Supplier<String>> further) {
    Queue<Supplier<String>> left = new ArrayDeque<>(further);
    new Watch(
            new PrintWriter(shown),
            form,
            () -> {
              if (left.isEmpty()) {
                Thread.currentThread().interrupt();
              }
            })
        .run(first, () -> left.remove().get());
  }
}
