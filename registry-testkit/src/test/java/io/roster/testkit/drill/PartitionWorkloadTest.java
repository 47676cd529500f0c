package io.roster.testkit.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PartitionWorkloadTest {

  @ParameterizedTest(name = "{0}, {1} names")
  @CsvSource({"'3,2',5,200", "'1,1,1',3,200", "'2,2',4,200", "'1,1',2,1", "'4,3',7,33"})
  void at_least_a_quarter_as_many_again_are_claimed_on_every_side(
      String sizes, int nodes, int names) {
    var split = Split.parse(sizes, nodes);
    var workload = PartitionWorkload.of(split, names);
    var byName = workload.contested().stream().collect(Collectors.groupingBy(Claim::name));

    assertThat(byName.size() * 4).isGreaterThanOrEqualTo(names);
    assertThat(byName.values())
        .allSatisfy(
            claims ->
                assertThat(claims.stream().map(claim -> split.sideOf(claim.node())))
                    .hasSize(split.sides().size())
                    .doesNotHaveDuplicates());
  }

  @Test
  void before_the_cut_every_name_is_claimed_once_and_every_node_has_some() {
    var workload = PartitionWorkload.of(Split.parse("3,2", 5), 200);

    assertThat(workload.before()).hasSize(200);
    assertThat(workload.before().stream().map(Claim::name)).doesNotHaveDuplicates();
    assertThat(nodes(workload.before())).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void names_are_removed_and_taken_over_from_every_node_and_never_both() {
    var workload = PartitionWorkload.of(Split.parse("3,2", 5), 200);
    var takenOver = names(workload.takeOvers());

    assertThat(workload.before()).containsAll(workload.removals());
    assertThat(workload.removals()).hasSize(20);
    assertThat(takenOver).hasSize(20).doesNotContainAnyElementsOf(names(workload.removals()));
    assertThat(nodes(workload.removals()).size()).isGreaterThan(2);
    assertThat(nodes(workload.takeOvers())).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void a_name_is_taken_over_on_every_other_side() {
    var split = Split.parse("1,1,1", 3);
    var workload = PartitionWorkload.of(split, 100);

    assertThat(workload.takeOvers()).hasSize(2 * names(workload.takeOvers()).size());
  }

  @Test
  void rivals_claim_on_a_side_that_has_claimed_already() {
    var split = Split.parse("3,2", 5);
    var workload = PartitionWorkload.of(split, 200);

    assertThat(workload.rivals())
        .isNotEmpty()
        .allSatisfy(
            rival ->
                assertThat(workload.contested())
                    .anyMatch(
                        claim ->
                            claim.name().equals(rival.name())
                                && claim.node() != rival.node()
                                && split.sideOf(claim.node()) == split.sideOf(rival.node())));
  }

  @Test
  void claims_have_numbers_of_their_own() {
    var workload = PartitionWorkload.of(Split.parse("3,2", 5), 200);
    var all =
        Stream.of(
                workload.before(),
                workload.fresh(),
                workload.contested(),
                workload.takeOvers(),
                workload.rivals())
            .flatMap(List::stream)
            .map(Claim::id);

    assertThat(all).doesNotHaveDuplicates();
  }

  private static Set<String> names(List<Claim> claims) {
    return claims.stream().map(Claim::name).collect(Collectors.toSet());
  }

  private static Set<Integer> nodes(List<Claim> claims) {
    return claims.stream().map(Claim::node).collect(Collectors.toSet());
  }
}
