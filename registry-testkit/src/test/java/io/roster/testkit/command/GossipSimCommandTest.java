package io.roster.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says, to bad input and at its end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipSimCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--scenario storm|expected a scenario of quiet, crash, kill, leave, cut",
        "--nodes 1|expected 2 to 100000 nodes, got: 1",
        "--nodes 100001|expected 2 to 100000 nodes, got: 100001",
        "--nodes three|three",
        "--seed x|expected a whole number, got: x",
        "--loss much|expected a number, got: much",
        "--nodes 3,x|expected a whole number, got: x",
        "--runs 0|expected one or more for --runs, got: 0",
        "--threads 0|expected one or more for --threads, got: 0",
        "--loss 2|expected shares from 0 to 1, got: loss 2.0",
        "--nodes 5 --affected 5|expected 1 to 4 affected nodes, got: 5",
        "--preset moon|expected a preset of loopback, lan, wan or memberlist-lan, got: \"moon\"",
        "--without brakes|expected parts of repeats, look-around, neighbours",
        "--sweep storms|expected a sweep of nodes, presets, ablation, loss, splits, restart, cuts",
        "--hold soon|expected a duration such as 500ms, 10s or 2m, got: soon",
        "--report /no/such/folder/a.html|expected a file in an existing folder for --report",
      })
  void bad_input_is_refused_with_what_was_expected(String arguments, String says) {
    int code = run(("sim gossip " + arguments).split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(says);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_run_ends_with_one_line_for_programs() {
    int code = run("sim gossip --nodes 3,5 --scenario crash --runs 2 --seed 7 --json".split(" "));

    assertThat(code).isZero();
    var lines = out.toString().lines().toList();
    assertThat(lines.getLast())
        .matches(
            "\\{\"nodes\":5,\"scenario\":\"crash\",\"seed\":7,\"seeds\":4,"
                + "\"detectFirstMs\":\\d+,\"detectAllP99Ms\":\\d+,\"falsePositives\":0,"
                + "\"falseAtHealthy\":0,\"slowDeaths\":0,\"bytesPerNodePerSecond\":\\d+\\.\\d{3},\"healMs\":null,"
                + "\"violations\":0,\"leftOut\":0,"
                + "\"rows\":\\[\\{\"variant\":\"lan\",\"scenario\":\"crash\",\"nodes\":3,\"seeds\":2,.*"
                + "\\{\"variant\":\"lan\",\"scenario\":\"crash\",\"nodes\":5,\"seeds\":2,.*\"violations\":0\\}\\]\\}");
    assertThat(lines.getFirst()).startsWith("| variant");
  }

  @Test
  void a_heal_is_part_of_the_line() {
    run("sim gossip --nodes 5 --scenario cut --hold 10s --runs 1 --json".split(" "));

    assertThat(out.toString().lines().toList().getLast())
        .containsPattern("\"detectAllP99Ms\":\\d+.*\"healMs\":\\d+");
  }

  @Test
  void a_report_is_one_page_with_the_scenario_and_how_to_make_it_again() throws IOException {
    var file = folder.resolve("report.html");

    int code = run("sim", "gossip", "--nodes", "3", "--runs", "1", "--report", file.toString());

    assertThat(code).isZero();
    assertThat(Files.readString(file))
        .startsWith("<!doctype html>")
        .contains("Scenario: crash", "<svg", "./roster sim gossip --nodes 3 --runs 1");
  }

  @Test
  void what_a_budget_leaves_out_is_said() {
    int code = run("sim gossip --nodes 3,50000 --runs 1 --budget 1s --json".split(" "));

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("left out by the budget: lan: crash, 50,000 nodes: 1 of 1 seeds")
        .contains("\"nodes\":3,", "\"leftOut\":1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nodes 5",
        "--scenario quiet",
        "--preset wan",
        "--loss 0.1",
        "--runs 3",
        "--hold 20s",
        "--affected 2",
        "--without buddy",
        "--no-bytes",
      })
  void what_a_sweep_chooses_itself_is_refused_beside_it(String option) {
    int code = run(("sim gossip --sweep restart --budget 1ms " + option).split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .contains("expected nothing that --sweep chooses itself, got: --")
        .containsPattern("got: " + option.replaceFirst(" .*", "") + "\\s");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void all_that_a_sweep_chooses_itself_is_named_and_what_it_does_not_is_taken() {
    var rest = " --sweep restart --budget 1ms --seed 3 --threads 1";

    assertThat(run(("sim gossip --runs 3 --nodes 5" + rest).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("got: --nodes, --runs");
    assertThat(run(("sim gossip" + rest).split(" "))).isZero();
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
