package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionTest {

  private static final Work FAST = Work.rate("fast", _ -> 300);

  private final List<String> progress = new ArrayList<>();

  @Test
  void each_comparison_of_a_work_is_a_row_of_one_measurement() throws Exception {
    int[] measured = {0};
    var work = Work.rate("cast", _ -> ++measured[0]);
    var one = StubPeer.with(Map.of("cast", 0.5));
    var other = StubPeer.with(Map.of("tell", 0.25));

    var result = run(work.beside(one, "cast", 2).beside(other, "tell", 5));

    assertThat(measured[0]).isEqualTo(1);
    assertThat(result.rows()).extracting(Row::ratio).containsExactly(2.0, 4.0);
    assertThat(result.rows()).extracting(Row::met).containsExactly(true, false);
    assertThat(result.failures()).isEmpty();
  }

  @Test
  void a_peer_that_is_not_installed_is_no_failure() throws Exception {
    var result = run(FAST.beside(StubPeer.ABSENT, "fast", 2));

    assertThat(result.failures()).isEmpty();
    assertThat(result.rows().getFirst().ours()).isEqualTo(300);
    assertThat(result.rows().getFirst().met()).isNull();
    assertThat(progress).contains("peer is not installed: no comparison of works");
  }

  @Test
  void a_peer_that_fails_costs_its_figures_and_says_so() throws Exception {
    var result = run(FAST.beside(StubPeer.FAILING, "fast", 2));

    assertThat(result.rows().getFirst().ours()).isEqualTo(300);
    assertThat(result.rows().getFirst().theirs()).isNull();
    assertThat(result.failures()).containsExactly("peer: java.io.IOException: it fell over");
  }

  @Test
  void a_figure_that_the_peer_owes_is_a_failure() throws Exception {
    var result = run(FAST.beside(StubPeer.with(Map.of("slow", 1.0)), "fast", 2));

    assertThat(result.failures()).containsExactly("peer: expected a figure for fast, got: none");
  }

  @Test
  void a_work_that_fails_costs_its_own_row() throws Exception {
    var broken =
        Work.rate(
            "broken",
            _ -> {
              throw new IllegalStateException("no luck");
            });
    var peer = StubPeer.with(Map.of("broken", 1.0, "fast", 100.0));

    var result = run(broken.beside(peer, "broken", 2), FAST.beside(peer, "fast", 2));

    assertThat(result.rows()).extracting(Row::ours).containsExactly(null, 300.0);
    assertThat(result.rows()).extracting(Row::met).containsExactly(null, true);
    assertThat(result.failures())
        .containsExactly("broken: java.lang.IllegalStateException: no luck");
  }

  private Suite.Result run(Work... works) throws InterruptedException {
    var suite = new Suite("suite", List.of(new Group("works", List.of(works))));
    return Session.run(suite, Effort.QUICK, progress::add);
  }
}
