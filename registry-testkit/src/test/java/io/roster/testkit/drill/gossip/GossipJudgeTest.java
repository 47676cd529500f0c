package io.roster.testkit.drill.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.testkit.drill.gossip.GossipJudge.Judgement;
import io.roster.testkit.drill.gossip.Sighting.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What passes and what does not, without any node. The fault lasts from second 10 to 20. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipJudgeTest {

  private static final long BEGIN = Duration.ofSeconds(10).toNanos();
  private static final long END = Duration.ofSeconds(20).toNanos();

  private final List<Sighting> sightings = new ArrayList<>();

  private static GossipDrillOptions options(Fault fault, int nodes) {
    return new GossipDrillOptions(nodes, fault, Duration.ofSeconds(10), 1, Duration.ofSeconds(5));
  }

  private void saw(int observer, int subject, Kind kind, long atMillis) {
    sightings.add(new Sighting(observer, subject, kind, Duration.ofMillis(atMillis).toNanos()));
  }

  private Judgement judge(Fault fault, int nodes) {
    var before = sightings.stream().filter(one -> one.atNanos() < BEGIN).toList();
    sightings.removeAll(before);
    sightings.sort(Comparator.comparingLong(Sighting::atNanos));
    return GossipJudge.judge(
        options(fault, nodes), new Round(0, BEGIN, END, before, sightings, true));
  }

  /* Everybody who has to sees it: node 3 of 3 goes and comes back. */
  private void allSeeTheThird() {
    for (int observer : List.of(1, 2)) {
      saw(observer, 3, Kind.SUSPECTED, 10_300);
      saw(observer, 3, Kind.DOWN, 10_700 + observer);
      saw(observer, 3, Kind.UP, 20_400 + observer);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "STOP", "ONEWAY"})
  void one_that_is_seen_to_go_and_come_by_all_passes(Fault fault) {
    allSeeTheThird();

    var judgement = judge(fault, 3);

    assertThat(judgement.complaints()).isEmpty();
    assertThat(judgement.firstMs()).hasValue(701);
    assertThat(judgement.allMs()).hasValue(702);
    assertThat(judgement.backMs()).hasValue(402);
    assertThat(judgement.seen())
        .containsExactly(
            new GossipJudge.Seen(1, OptionalLong.of(701), OptionalLong.of(401)),
            new GossipJudge.Seen(2, OptionalLong.of(702), OptionalLong.of(402)));
  }

  @Test
  void a_node_that_saw_nothing_fails() {
    saw(1, 3, Kind.DOWN, 10_500);
    saw(1, 3, Kind.UP, 20_500);

    var judgement = judge(Fault.KILL, 3);

    assertThat(judgement.complaints())
        .containsExactly("n2 saw n3 go 0 times and come 0 times, expected once each");
    assertThat(judgement.allMs()).isEmpty();
  }

  @Test
  void one_that_goes_and_comes_twice_fails() {
    allSeeTheThird();
    saw(2, 3, Kind.DOWN, 21_000);
    saw(2, 3, Kind.UP, 22_000);

    assertThat(judge(Fault.STOP, 3).complaints())
        .containsExactly("n2 saw n3 go 2 times and come 2 times, expected once each");
  }

  @Test
  void late_is_late_by_the_fault_and_the_side() {
    for (int observer : List.of(1, 2)) {
      saw(observer, 3, Kind.DOWN, 12_400);
      saw(observer, 3, Kind.UP, 23_100);
    }

    assertThat(judge(Fault.STOP, 3).complaints())
        .containsExactly(
            "n1 saw the last one come back after 3100 ms, expected within 3000 ms",
            "n2 saw the last one come back after 3100 ms, expected within 3000 ms");
    assertThat(judge(Fault.KILL, 3).complaints())
        .contains("n1 saw the last one go after 2400 ms, expected within 1000 ms");
  }

  @Test
  void a_cut_is_seen_from_both_sides_and_the_smaller_has_more_time() {
    for (int large : List.of(1, 2)) {
      saw(large, 3, Kind.DOWN, 12_000);
      saw(large, 3, Kind.UP, 21_000);
      saw(3, large, Kind.DOWN, 13_900);
      saw(3, large, Kind.UP, 21_000);
    }

    var judgement = judge(Fault.CUT, 3);

    assertThat(judgement.complaints()).isEmpty();
    assertThat(judgement.seen()).hasSize(3);
    assertThat(judgement.allMs()).hasValue(3_900);
  }

  @Test
  void a_death_among_those_that_reach_each_other_is_false() {
    allSeeTheThird();
    saw(1, 2, Kind.DOWN, 12_000);
    saw(1, 2, Kind.UP, 12_100);

    var judgement = judge(Fault.KILL, 3);

    assertThat(judgement.falseDeaths()).isEqualTo(1);
    assertThat(judgement.complaints())
        .containsExactly("1 times a node was taken for dead that could be reached");
  }

  @Test
  void a_death_since_the_round_before_is_false_whoever_saw_it() {
    allSeeTheThird();
    saw(3, 1, Kind.DOWN, 9_000);
    saw(3, 1, Kind.UP, 9_500);

    var judgement = judge(Fault.KILL, 3);

    assertThat(judgement.falseDeaths()).isEqualTo(1);
    assertThat(judgement.complaints())
        .containsExactly(
            "1 times a node was taken for dead before the fault, when all could be reached");
  }

  @Test
  void who_goes_on_after_a_stop_must_not_call_the_others_dead() {
    allSeeTheThird();
    saw(3, 1, Kind.DOWN, 20_100);
    saw(3, 1, Kind.UP, 20_200);

    assertThat(judge(Fault.STOP, 3).falseDeaths()).isEqualTo(1);
    assertThat(judge(Fault.ONEWAY, 3).falseDeaths()).isZero();
  }

  @Test
  void between_two_that_a_third_reaches_nobody_dies() {
    saw(3, 1, Kind.SUSPECTED, 12_000);
    saw(3, 1, Kind.REFUTED, 12_100);

    var suspected = judge(Fault.PARTIAL, 3);
    assertThat(suspected.complaints()).isEmpty();
    assertThat(suspected.accusations()).isEqualTo(1);

    saw(3, 1, Kind.DOWN, 13_000);
    assertThat(judge(Fault.PARTIAL, 3).falseDeaths()).isEqualTo(1);
  }

  @Test
  void busy_cores_are_no_reason_to_suspect_anybody() {
    assertThat(judge(Fault.BUSY, 3).complaints()).isEmpty();

    saw(3, 1, Kind.SUSPECTED, 12_000);

    assertThat(judge(Fault.BUSY, 3).complaints())
        .containsExactly("1 times a node was suspected that could be reached");
  }

  @Test
  void a_cluster_that_is_not_whole_at_the_end_fails() {
    var judgement =
        GossipJudge.judge(
            options(Fault.PARTIAL, 3), new Round(0, BEGIN, END, List.of(), List.of(), false));

    assertThat(judgement.complaints())
        .containsExactly("at the end not every node sees all others alive");
  }

  @Test
  void the_verdict_has_the_slowest_round_and_the_middle_one() {
    var rounds = new ArrayList<Judgement>();
    for (long ms : List.of(300L, 900L, 500L)) {
      var seen = List.of(new GossipJudge.Seen(1, OptionalLong.of(ms), OptionalLong.of(ms + 1)));
      rounds.add(new Judgement(seen, OptionalLong.of(ms - 100), 0, 2, List.of()));
    }

    var verdict = new GossipVerdict(options(Fault.KILL, 8), 1, rounds);

    assertThat(verdict.toJson())
        .isEqualTo(
            "{\"verdict\":\"pass\",\"fault\":\"kill\",\"nodes\":8,\"rounds\":3,\"holdMs\":10000,"
                + "\"detectFirstMs\":800,\"detectAllMedianMs\":500,\"detectAllMs\":900,"
                + "\"backMedianMs\":501,\"backMs\":901,\"falseDeaths\":0,\"accusations\":6,\"startDeaths\":1,"
                + "\"complaints\":0}");
  }

  @Test
  void sides_and_victims_go_round_the_nodes() {
    var options =
        new GossipDrillOptions(8, Fault.CUT, Duration.ofSeconds(5), 20, Duration.ofSeconds(5));

    assertThat(options.smallerSide(0)).containsExactly(1, 2, 8);
    assertThat(options.smallerSide(1)).containsExactly(1, 7, 8);
    assertThat(options.largerSide(0)).containsExactly(3, 4, 5, 6, 7);
    assertThat(options.victim(8)).isEqualTo(8);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> options(Fault.KILL, 2)).hasMessageContaining("expected 3 to 64 nodes");
    assertThatThrownBy(
            () ->
                new GossipDrillOptions(
                    8, Fault.STOP, Duration.ofSeconds(1), 1, Duration.ofSeconds(5)))
        .hasMessageContaining("expected a fault of 5 s or more, got: 1000 ms");
    assertThatThrownBy(
            () ->
                new GossipDrillOptions(
                    8, Fault.STOP, Duration.ofSeconds(5), 0, Duration.ofSeconds(5)))
        .hasMessageContaining("expected 1 to 100 rounds, got: 0");
  }
}
