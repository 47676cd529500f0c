package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.cli.RosterCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BenchOptionsTest {

  private static final Work MET = Work.rate("met", _ -> 2).alone(new Goal.AtLeast(1));
  private static final Work MISSED = Work.rate("missed", _ -> 2).alone(new Goal.AtLeast(3));
  private static final Work BROKEN =
      Work.rate(
              "broken",
              _ -> {
                throw new IllegalStateException("no luck");
              })
          .alone(new Goal.AtLeast(3));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_missed_goal_is_a_failure_where_goals_are_checked_alone() {
    assertThat(run(List.of(MET, MISSED))).isEqualTo(RosterCommand.OK);
    assertThat(run(List.of(MET, MISSED), "--check")).isEqualTo(RosterCommand.FAILED);
    assertThat(run(List.of(MET), "--check")).isEqualTo(RosterCommand.OK);
  }

  @Test
  void what_cannot_be_measured_is_a_failure_and_is_told_after_the_table() {
    assertThat(run(List.of(MET, BROKEN))).isEqualTo(RosterCommand.FAILED);

    assertThat(out.toString()).contains("met").contains("broken");
    assertThat(err.toString()).contains("roster: broken: java.lang.IllegalStateException: no luck");
  }

  @Test
  void the_last_line_is_json_where_it_is_asked_for() {
    run(List.of(MET), "--json");
    assertThat(out.toString().lines().toList().getLast()).startsWith("{\"suite\":\"stub\"");

    run(List.of(MET));
    assertThat(out.toString().lines().toList().getLast()).doesNotStartWith("{");
  }

  @Test
  void only_what_was_asked_for_is_measured() {
    run(List.of(MET, MISSED), "--only", "missed");

    assertThat(err.toString()).contains("[1/1] missed");
  }

  private int run(List<Work> works, String... arguments) {
    return new CommandLine(new Stub(new Suite("stub", List.of(new Group("group", works)))))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Command(name = "stub")
  private static final class Stub implements RosterCommand {

    private final Suite suite;

    @Spec private CommandSpec spec;
    @Mixin private BenchOptions options;

    @SuppressWarnings("NullAway.Init") // picocli sets the other fields before call
    private Stub(Suite suite) {
      this.suite = suite;
    }

    @Override
    public Integer call() throws Exception {
      return options.run(suite, spec);
    }
  }
}
