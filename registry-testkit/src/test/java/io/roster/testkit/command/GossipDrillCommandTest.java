package io.roster.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipDrillCommandTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--fault flood|expected one of kill, stop, cut, oneway, partial, busy, got: flood",
        "--rounds some|expected a whole number, got: some",
        "--hold soon|expected a duration such as 500ms, 10s or 2m, got: soon",
      })
  void bad_input_is_refused_with_what_was_expected(String arguments, String says) {
    var out = new StringWriter();
    var err = new StringWriter();

    int code =
        Main.run(
            new PrintWriter(out), new PrintWriter(err), ("drill gossip " + arguments).split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(says);
    assertThat(out.toString()).isEmpty();
  }
}
