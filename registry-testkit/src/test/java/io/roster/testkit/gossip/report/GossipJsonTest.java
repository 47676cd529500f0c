package io.roster.testkit.gossip.report;

import static io.roster.testkit.gossip.report.Rows.own;
import static io.roster.testkit.gossip.report.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.testkit.gossip.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which rows the one line speaks of. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipJsonTest {

  @Test
  void the_number_of_nodes_is_that_of_the_largest_cluster_that_was_run() {
    assertThat(line(own(Scenario.CRASH, 3, 1_500), own(Scenario.CRASH, 50_000)))
        .contains("\"nodes\":3,", "\"detectAllP99Ms\":1500,");
  }

  @Test
  void a_heal_is_that_of_the_slowest_length_of_split_in_the_largest_cluster() {
    assertThat(
            line(
                row(Sweep.SPLITS, Scenario.CUT, 3, 2_000),
                row(Sweep.SPLITS, Scenario.CUT, 10, 300),
                row(Sweep.SPLITS, Scenario.CUT, 10, 900),
                row(Sweep.SPLITS, Scenario.CUT, 10, 500),
                row(Sweep.SPLITS, Scenario.CUT, 1_000)))
        .contains("\"healMs\":900,");
  }

  @Test
  void deaths_of_slow_nodes_are_in_the_line_and_in_the_table() {
    var slow = own(Scenario.SLOW, 10, 1_500);

    assertThat(line(slow)).contains("\"falsePositives\":0,", "\"slowDeaths\":4,");
    var table = Row.table(List.of(slow));
    assertThat(table.header()).contains("slow deaths");
    assertThat(table.rows().getFirst().get(table.header().indexOf("slow deaths"))).isEqualTo("4");
  }

  @Test
  void a_goal_of_which_part_was_left_out_is_not_counted_as_met() {
    var seen = row(Sweep.NODES, Scenario.CRASH, 3, 1_500);
    var leftOut = row(Sweep.NODES, Scenario.CRASH, 10);

    assertThat(line(seen)).contains("\"goalsMet\":2,\"goalsMissed\":0");
    assertThat(line(seen, leftOut)).contains("\"goalsMet\":0,\"goalsMissed\":0");
  }

  private static String line(Row... rows) {
    return GossipJson.line(
        "any", 1, new SweepRun.Outcome(List.of(rows), List.of(), Duration.ofSeconds(1)));
  }
}
