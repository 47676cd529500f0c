package io.roster.node.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RingTest {

  private static final List<ProcessName> KEYS =
      IntStream.range(0, 20_000).mapToObj(i -> new ProcessName("scene-" + i)).toList();

  @ParameterizedTest(name = "{0} nodes and one more")
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 16, 32})
  void a_node_that_joins_takes_its_share_and_nothing_else_moves(int count) {
    List<RingMember> before = nodes(count);
    RingMember joining = RingMember.of(new NodeName("joining"));
    List<RingMember> after = new ArrayList<>(before);
    after.add(joining);

    Ring old = Ring.of(before);
    Ring now = Ring.of(after);

    List<ProcessName> moved =
        KEYS.stream().filter(key -> !now.owner(key).equals(old.owner(key))).toList();
    assertThat(moved).allMatch(key -> now.owner(key).equals(Optional.of(joining.name())));
    double share = (double) moved.size() / KEYS.size();
    double expected = 1.0 / (count + 1);
    assertThat(share).isCloseTo(expected, within(0.25 * expected));
  }

  @ParameterizedTest(name = "{0} nodes, one goes")
  @ValueSource(ints = {2, 3, 4, 5, 8, 16, 32})
  void a_node_that_leaves_gives_up_its_own_keys_and_no_others(int count) {
    List<RingMember> before = nodes(count);
    NodeName leaving = before.get(count / 2).name();

    Ring old = Ring.of(before);
    Ring now = Ring.of(before.stream().filter(m -> !m.name().equals(leaving)).toList());

    assertThat(KEYS)
        .allMatch(
            key ->
                old.owner(key).equals(Optional.of(leaving))
                    ? !now.owner(key).equals(old.owner(key))
                    : now.owner(key).equals(old.owner(key)));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 42, 4711})
  void the_order_in_which_members_become_known_changes_nothing(long seed) {
    List<RingMember> members = new ArrayList<>(nodes(9));
    Ring sorted = Ring.of(members);

    Collections.shuffle(members, new Random(seed));
    Ring shuffled = Ring.of(members);

    assertThat(owners(shuffled)).isEqualTo(owners(sorted));
    assertThat(shuffled.fingerprint()).isEqualTo(sorted.fingerprint());
    assertThat(shuffled).isEqualTo(sorted).hasSameHashCodeAs(sorted);
  }

  @Test
  void answers_are_the_same_in_every_jvm() {
    Ring ring = Ring.of(nodes(5));

    // Written down once: a change here would move the workers of every running cluster.
    assertThat(KEYS.subList(0, 8).stream().map(key -> ring.owner(key).orElseThrow().value()))
        .containsExactly(
            "node-1", "node-3", "node-3", "node-1", "node-2", "node-2", "node-2", "node-0");
  }

  @Test
  void twice_the_weight_takes_about_twice_the_keys() {
    Ring ring =
        Ring.of(
            List.of(
                new RingMember(new NodeName("small"), 1), new RingMember(new NodeName("big"), 2)));

    long big =
        KEYS.stream().filter(key -> ring.owner(key).orElseThrow().value().equals("big")).count();

    assertThat((double) big / KEYS.size()).isCloseTo(2.0 / 3, within(0.07));
  }

  @Test
  void shares_of_equal_nodes_are_nearly_equal() {
    Map<NodeName, Long> shares =
        owners(Ring.of(nodes(8))).values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(shares).hasSize(8);
    assertThat(shares.values()).allSatisfy(n -> assertThat(n).isBetween(1_875L, 3_125L));
  }

  @Test
  void a_member_without_weight_owns_nothing() {
    Ring ring =
        Ring.of(List.of(RingMember.of(new NodeName("a")), new RingMember(new NodeName("b"), 0)));

    assertThat(owners(ring).values()).containsOnly(new NodeName("a"));
  }

  @Test
  void without_members_nobody_owns_anything() {
    assertThat(Ring.empty().owner(KEYS.getFirst())).isEmpty();
    assertThat(Ring.empty().preference(KEYS.getFirst(), 3)).isEmpty();
  }

  @Test
  void the_preference_begins_with_the_owner_and_names_each_node_once() {
    Ring ring = Ring.of(nodes(5));

    for (ProcessName key : KEYS.subList(0, 200)) {
      List<NodeName> preference = ring.preference(key, 9);
      assertThat(preference).hasSize(5).doesNotHaveDuplicates();
      assertThat(preference.getFirst()).isEqualTo(ring.owner(key).orElseThrow());
    }
  }

  @Test
  void the_second_choice_is_who_takes_over_when_the_owner_goes() {
    List<RingMember> members = nodes(5);
    Ring ring = Ring.of(members);

    for (ProcessName key : KEYS.subList(0, 200)) {
      List<NodeName> preference = ring.preference(key, 2);
      Ring without =
          Ring.of(members.stream().filter(m -> !m.name().equals(preference.getFirst())).toList());
      assertThat(without.owner(key)).contains(preference.get(1));
    }
  }

  @Test
  void two_weights_for_one_node_are_refused() {
    var twice = List.of(new RingMember(new NodeName("a"), 1), new RingMember(new NodeName("a"), 2));

    assertThatThrownBy(() -> Ring.of(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one weight for node a, got: 1 and 2");
  }

  @Test
  void a_weight_out_of_range_is_refused() {
    assertThatThrownBy(() -> new RingMember(new NodeName("a"), 65))
        .hasMessage("expected a weight of 0 to 64, got: 65");
  }

  private static List<RingMember> nodes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> RingMember.of(new NodeName("node-" + i)))
        .toList();
  }

  private static Map<ProcessName, NodeName> owners(Ring ring) {
    return KEYS.stream()
        .collect(Collectors.toMap(Function.identity(), key -> ring.owner(key).orElseThrow()));
  }
}
