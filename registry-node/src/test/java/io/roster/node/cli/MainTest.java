package io.roster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_lists_every_command() {
    int code = run("--help");

    assertThat(code).isZero();
    assertThat(out.toString()).contains("members", "names", "whereis", "workers", "ps");
  }

  @Test
  void version_names_the_build_and_the_java() {
    int code = run("--version");

    assertThat(code).isZero();
    assertThat(out.toString()).matches("roster \\S+ \\(Java \\d+\\)\\R");
  }

  @Test
  void no_command_is_bad_usage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("expected a command, got: none");
  }

  @Test
  void an_unknown_command_is_answered_with_those_there_are() {
    assertThat(run("membres")).isEqualTo(2);
    assertThat(err.toString()).contains("expected one of", "members", "got: membres");
  }

  @Test
  void an_unknown_option_is_answered_with_those_there_are() {
    assertThat(run("members", "--jsn")).isEqualTo(2);
    assertThat(err.toString())
        .contains("expected one of", "--json", "got: --jsn", "roster members --help")
        .doesNotContain("\tat ");
  }

  @Test
  void a_missing_parameter_is_named() {
    assertThat(run("whereis")).isEqualTo(2);
    assertThat(err.toString()).contains("NAME");
  }

  @Test
  void a_name_that_is_not_allowed_is_refused_before_anybody_is_asked() {
    assertThat(run("whereis", "a\u0007b", "--admin", "127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString()).contains("expected a name without control characters");
  }

  @Test
  void nobody_at_the_admin_port_is_a_failure_that_says_where_it_looked() {
    assertThat(run("members", "--admin", "127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString())
        .contains("expected a node's admin port at 127.0.0.1:1")
        .doesNotContain("\tat ");
  }

  @Test
  void a_port_that_is_no_number_is_refused_in_plain_words() {
    assertThat(run("node", "--port", "abc")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Invalid value for option '--port'", "expected a whole number, got: abc");
  }

  @Test
  void a_key_that_has_no_id_is_bad_usage() {
    assertThat(run("keys", "use", "zzz", "--admin", "127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "expected the id of a key, eight hexadecimal digits such as 0a1b2c3d, got: \"zzz\"");
  }

  @Test
  void a_malformed_admin_address_is_bad_usage() {
    assertThat(run("members", "--admin", "nowhere")).isEqualTo(2);
    assertThat(err.toString()).contains("expected host:port, got: \"nowhere\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "members",
        "names",
        "whereis",
        "workers",
        "moves",
        "conflicts",
        "ps",
        "doctor",
        "call",
        "send",
        "kill",
        "drain",
        "types"
      })
  void every_command_has_help_and_json(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: roster " + command, "--json", "--admin");
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
