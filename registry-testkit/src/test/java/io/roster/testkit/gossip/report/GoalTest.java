package io.roster.testkit.gossip.report;

import static io.roster.testkit.gossip.report.Rows.row;
import static io.roster.testkit.gossip.report.Rows.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.roster.testkit.gossip.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a goal when the budget left out some, all or none of what it speaks of. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoalTest {

  private static final Row FAST = row(Sweep.NODES, Scenario.CRASH, 3, 1_500, 1_600);
  private static final Row LATE = row(Sweep.NODES, Scenario.CRASH, 3, 9_000);
  private static final Row LEFT_OUT = row(Sweep.NODES, Scenario.CRASH, 10);

  @Test
  void a_goal_is_met_when_every_cell_was_run_and_met_it() {
    assertThat(verdict(FAST, row(Sweep.NODES, Scenario.CRASH, 10, 1_700))).isEqualTo("met");
  }

  @Test
  void a_goal_of_which_a_cell_was_left_out_is_partly_run() {
    assertThat(verdict(FAST, LEFT_OUT)).isEqualTo("partly run");
    assertThat(Goals.of(List.of(FAST, LEFT_OUT))).noneMatch(Goal::isMet).noneMatch(Goal::isMissed);
  }

  @Test
  void a_goal_that_one_cell_missed_is_missed_whatever_was_left_out() {
    assertThat(verdict(LATE, LEFT_OUT)).isEqualTo("MISSED");
  }

  @Test
  void a_goal_of_which_nothing_was_run_is_not_run() {
    assertThat(verdict(LEFT_OUT)).isEqualTo("not run");
  }

  @Test
  void no_violation_is_no_promise_for_the_cells_that_were_left_out() {
    var last = Goal.table(Goals.of(List.of(FAST, LEFT_OUT))).rows().getLast();

    assertThat(last.getFirst()).startsWith("violations");
    assertThat(last.getLast()).isEqualTo("partly run");
  }

  static Stream<Arguments> misses() {
    return Stream.of(
        arguments(row(Sweep.NODES, Scenario.CRASH, 1_000, 4_100), "crash seen by all, 32 ≤ N"),
        arguments(row(Sweep.NODES, Scenario.KILL, 32, 1_100), "killed process seen by all, N ≤"),
        arguments(row(Sweep.NODES, Scenario.KILL, 3_000, 1_100), "killed process seen by all, N >"),
        arguments(row(Sweep.SPLITS, Scenario.CUT, 10, 2_600), "split seen by all of the larger"),
        arguments(row(Sweep.SPLITS, Scenario.CUT, 100, 2_600), "split seen by all of the larger"),
        arguments(seen(Sweep.NODES, Scenario.QUIET, 1_000, 0, 5_001), "load of a quiet node, N ="),
        arguments(seen(Sweep.RESTART, Scenario.RESTART, 100, 1, 0), "false positives at healthy"),
        arguments(seen(Sweep.CUTS, Scenario.PARTIAL, 5, 1, 0), "false positives in one-way"));
  }

  @ParameterizedTest
  @MethodSource("misses")
  void a_figure_that_is_too_high_misses_the_goal_that_speaks_of_it_and_no_other(
      Row row, String goal) {
    assertThat(missed(row)).singleElement().asString().startsWith(goal);
  }

  @Test
  void a_late_split_misses_all_that_is_asked_of_splits_of_its_size() {
    assertThat(missed(row(Sweep.SPLITS, Scenario.CUT, 1_000, 10_001)))
        .hasSize(3)
        .allMatch(name -> name.startsWith("split"));
  }

  @Test
  void a_load_that_grows_with_the_cluster_is_missed() {
    var small = seen(Sweep.NODES, Scenario.QUIET, 3, 0, 2_000);
    var large = seen(Sweep.NODES, Scenario.QUIET, 300, 0, 2_300);

    assertThat(missed(small, large)).singleElement().asString().contains("the most for the least");
  }

  private static List<String> missed(Row... rows) {
    return Goals.of(List.of(rows)).stream().filter(Goal::isMissed).map(Goal::name).toList();
  }

  private static String verdict(Row... rows) {
    return Goal.table(Goals.of(List.of(rows))).rows().getFirst().getLast();
  }
}
