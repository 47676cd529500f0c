package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnownAddressesTest {

  private static final NodeName SELF = new NodeName("self");

  @Test
  void who_lives_comes_first_and_who_left_last() {
    var view =
        List.of(
            member("a", 1, MemberState.LEFT),
            member("b", 2, MemberState.DEAD),
            member("c", 3, MemberState.SUSPECT),
            member("d", 4, MemberState.ALIVE),
            member("self", 5, MemberState.ALIVE));

    assertThat(KnownAddresses.merge(List.of(), view, SELF)).containsExactly(at(4, 3, 2, 1));
  }

  @Test
  void the_last_one_of_a_cluster_that_is_stopped_remembers_the_others() {
    var view =
        List.of(
            member("a", 1, MemberState.LEFT),
            member("b", 2, MemberState.LEFT),
            member("self", 5, MemberState.LEFT));

    assertThat(KnownAddresses.merge(List.of(at(2, 1)), view, SELF)).containsExactly(at(1, 2));
  }

  @Test
  void a_start_inside_a_split_keeps_the_other_side() {
    var ownSide = List.of(member("b", 2, MemberState.ALIVE), member("self", 5, MemberState.ALIVE));

    assertThat(KnownAddresses.merge(List.of(at(1, 2, 3, 5)), ownSide, SELF))
        .containsExactly(at(2, 1, 3));
  }

  @Test
  void a_node_that_knows_nobody_forgets_nobody() {
    var alone = List.of(member("self", 5, MemberState.ALIVE));

    assertThat(KnownAddresses.merge(List.of(at(2, 1)), alone, SELF)).containsExactly(at(2, 1));
  }

  @Test
  void of_addresses_that_are_nobodys_the_latest_stay() {
    var earlier = new ArrayList<InetSocketAddress>();
    for (int round = 1; round <= 10; round++) {
      int first = 100 * round;
      var view =
          IntStream.range(first, first + 20)
              .mapToObj(port -> member("n" + port, port, MemberState.ALIVE))
              .toList();
      var merged = KnownAddresses.merge(earlier, view, SELF);
      earlier.clear();
      earlier.addAll(merged);
    }

    assertThat(earlier)
        .hasSize(20 + 64)
        .contains(at(1_000, 900, 800, 700))
        .doesNotContain(at(500, 100));
  }

  private static Member member(String name, int port, MemberState state) {
    return new Member(new NodeId(new NodeName(name), 1), at(port)[0], state, 0, NodeMetadata.PLAIN);
  }

  private static InetSocketAddress[] at(int... ports) {
    return IntStream.of(ports).mapToObj(GossipNodes::loopback).toArray(InetSocketAddress[]::new);
  }
}
