package io.roster.testkit.gossip.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roster.net.membership.GossipOptions;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.gossip.TrialOptions;
import io.roster.testkit.sim.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Small sweeps, run for real; the clock that budgets them stands still or moves by hand. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SweepRunTest {

  private static final Duration PLENTY = Duration.ofHours(1);

  private final AtomicLong clock = new AtomicLong();
  private final List<String> progress = new ArrayList<>();

  @Test
  void equal_seeds_give_equal_figures_on_one_thread_and_on_two() throws InterruptedException {
    var cells = List.of(crash(3, 4), crash(5, 3));

    var one = sweep(cells).run(PLENTY, 1);
    var two = sweep(cells).run(PLENTY, 2);

    assertThat(one.rows()).isEqualTo(two.rows());
    assertThat(one.rows().getFirst().summary().runs()).hasSize(4);
    assertThat(one.leftOut()).isEmpty();
  }

  @Test
  void what_the_budget_has_no_room_for_is_named() throws InterruptedException {
    var sweep =
        new SweepRun(
            List.of(crash(3, 2), crash(50_000, 7)), 1, () -> clock.addAndGet(1_000_000), _ -> {});

    var outcome = sweep.run(Duration.ofSeconds(5), 1);

    assertThat(outcome.leftOut()).containsExactly("lan: crash, 50,000 nodes: 7 of 7 seeds");
    assertThat(outcome.rows().getFirst().summary().runs()).hasSize(2);
    assertThat(outcome.rows().getLast().isSeen()).isFalse();
  }

  @Test
  void a_run_that_took_longer_than_thought_leaves_less_for_others() throws InterruptedException {
    var slow =
        new SweepRun(
            List.of(crash(3, 5)), 1, () -> clock.addAndGet(10_000_000_000L), progress::add);

    var outcome = slow.run(Duration.ofMinutes(1), 1);

    assertThat(outcome.rows().getFirst().summary().runs()).hasSizeBetween(1, 4);
    assertThat(outcome.leftOut()).hasSize(1);
    assertThat(progress).isNotEmpty().last().asString().contains("of 5 runs: lan: crash, 3 nodes");
  }

  @Test
  void the_figures_of_a_sweep_stand_in_one_table_and_on_one_page() throws InterruptedException {
    var outcome = sweep(List.of(crash(3, 2), crash(5, 2))).run(PLENTY, 1);

    var table = Row.table(outcome.rows());
    var page = GossipReport.html("./roster sim gossip", outcome);

    assertThat(table.rows()).hasSize(2);
    assertThat(table.rows().getLast()).startsWith("lan", "crash", "5", "2");
    assertThat(page)
        .contains("<svg", "prefers-color-scheme: dark", "crash seen by all, N ≤ 10")
        .doesNotContain("<script", "http://", "https://", "src=");
  }

  @Test
  void goals_are_met_missed_or_not_run() throws InterruptedException {
    var goals = Goals.of(sweep(List.of(crash(3, 2))).run(PLENTY, 1).rows());

    assertThat(goals.getFirst().isMet()).isTrue();
    assertThat(goals).filteredOn(Goal::isMissed).isEmpty();
    assertThat(Goal.table(goals).rows())
        .anyMatch(row -> row.getFirst().contains("N = 1,000") && row.getLast().equals("not run"));
  }

  @Test
  void every_sweep_has_cells_of_its_own() {
    for (Sweep sweep : Sweep.values()) {
      assertThat(Sweep.cells(Sweep.named(sweep.title())))
          .isNotEmpty()
          .allMatch(cell -> cell.isOf(sweep))
          .doesNotHaveDuplicates();
    }
    assertThat(Sweep.named("all")).containsExactly(Sweep.values());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sweep.named("storms"))
        .withMessageEndingWith("restart, cuts or all, got: storms");
  }

  private SweepRun sweep(List<Cell> cells) {
    return new SweepRun(cells, 1, clock::get, progress::add);
  }

  private static Cell crash(int nodes, int seeds) {
    var trial =
        new TrialOptions(
            nodes, Scenario.CRASH, GossipOptions.lan(), Link.lan(), Duration.ZERO, 1, true);
    return new Cell(Optional.of(Sweep.NODES), "lan", trial, seeds);
  }
}
