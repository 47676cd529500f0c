package io.roster.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.testkit.network.NetnsNetwork.Direction;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NetnsDirectionsTest {

  @Test
  void every_pair_of_different_sides_is_cut_both_ways_and_no_other() {
    assertThat(NetnsNetwork.directions(List.of(List.of(1, 2), List.of(3))))
        .containsExactlyInAnyOrder(
            new Direction(1, 3), new Direction(2, 3), new Direction(3, 1), new Direction(3, 2));
  }

  @Test
  void three_sides_are_cut_from_each_other() {
    assertThat(NetnsNetwork.directions(List.of(List.of(1), List.of(2), List.of(3)))).hasSize(6);
  }
}
