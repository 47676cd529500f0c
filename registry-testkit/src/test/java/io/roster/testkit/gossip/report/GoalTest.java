package io.roster.testkit.gossip.report;

import static io.roster.testkit.gossip.report.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.testkit.gossip.Scenario;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

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
    assertThat(Goal.of(List.of(FAST, LEFT_OUT))).noneMatch(Goal::isMet).noneMatch(Goal::isMissed);
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
    var last = Goal.table(Goal.of(List.of(FAST, LEFT_OUT))).rows().getLast();

    assertThat(last.getFirst()).startsWith("violations");
    assertThat(last.getLast()).isEqualTo("partly run");
  }

  private static String verdict(Row... rows) {
    return Goal.table(Goal.of(List.of(rows))).rows().getFirst().getLast();
  }
}
