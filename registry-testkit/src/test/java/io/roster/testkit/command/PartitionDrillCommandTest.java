package io.roster.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says to bad input, before it starts anything. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PartitionDrillCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--nodes 5 --split 3,3|expected at least two sizes that add up to 5 nodes, such as 3,2",
        "--nodes x|x",
        "--split a|expected the sizes of the sides, such as 3,2, got: a",
        "--names 0|expected 1 to 100000 names, got: 0",
        "--hold soon|expected a duration such as 500ms, 10s or 2m, got: soon",
        "--report /no/such/folder/a.html|expected a file in an existing folder for --report",
        "--frobnicate|got: --frobnicate",
      })
  void bad_input_is_refused_with_what_was_expected(String arguments, String says) {
    int code = run(("drill partition " + arguments).split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(says);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_drill_must_be_named() {
    assertThat(run("drill")).isEqualTo(2);
    assertThat(err.toString()).contains("expected a drill, such as partition");
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
