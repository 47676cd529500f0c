package io.roster.node.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class PlacementTest {

  private static final NodeName A = new NodeName("a");
  private static final NodeName B = new NodeName("b");
  private static final NodeName C = new NodeName("c");
  private static final List<ProcessName> NAMES =
      IntStream.range(0, 300).mapToObj(i -> new ProcessName("w" + i)).toList();

  private final Placement two =
      Placement.initial().withMembers(List.of(RingMember.of(A), RingMember.of(B)));

  @Test
  void the_same_members_are_no_new_generation() {
    Placement again = two.withMembers(List.of(RingMember.of(B), RingMember.of(A)));

    assertThat(again).isSameAs(two);
    assertThat(again.generation()).isEqualTo(1);
  }

  @Test
  void the_previous_generation_still_answers() {
    Placement three =
        two.withMembers(List.of(RingMember.of(A), RingMember.of(B), RingMember.of(C)));

    assertThat(three.generation()).isEqualTo(2);
    assertThat(NAMES).allMatch(n -> three.previousOwner(n).equals(two.owner(n)));
    assertThat(NAMES).anyMatch(n -> !three.previousOwner(n).equals(three.owner(n)));
  }

  @Test
  void a_pin_overrides_the_ring_while_its_node_is_a_member() {
    ProcessName name =
        NAMES.stream().filter(n -> two.owner(n).equals(Optional.of(A))).findFirst().orElseThrow();

    assertThat(two.withPin(name, B).owner(name)).contains(B);
    assertThat(two.withPin(name, C).owner(name)).contains(A);
    assertThat(two.withPin(name, B).withoutPin(name).owner(name)).contains(A);
  }
}
