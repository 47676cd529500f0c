package io.roster.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** This node is {@code a}; starts wait for 1 s without news, moves for 2 s. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FleetViewTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Set<String> ROOM = Set.of("room");
  private static final NodeMetadata READY = NodeMetadata.PLAIN.withArbiterReady(true);

  private final FleetView view =
      new FleetView(
          member("a", 1, MemberState.ALIVE, false),
          FleetOptions.DEFAULT.withSettling(Duration.ofSeconds(1), Duration.ofSeconds(2)),
          0);

  FleetViewTest() {
    view.types(new NodeName("a"), ROOM, 0);
  }

  @Test
  void workers_belong_on_nodes_that_are_up_and_know_their_type() {
    view.member(member("b", 1, MemberState.ALIVE, false), 0);
    view.member(member("c", 1, MemberState.ALIVE, false), 0);
    view.types(new NodeName("b"), ROOM, 0);
    view.types(new NodeName("c"), Set.of("lobby"), 0);
    assertThat(places()).containsExactlyInAnyOrder("a", "b");

    view.member(member("b", 1, MemberState.DEAD, false), 0);
    assertThat(places()).containsExactly("a");
    assertThat(view.place("unknown", new ProcessName("w"))).isEmpty();
  }

  @Test
  void nothing_belongs_on_a_node_that_leaves_this_one_or_another() {
    view.member(member("b", 1, MemberState.ALIVE, false), 0);
    view.types(new NodeName("b"), ROOM, 0);
    view.member(member("b", 1, MemberState.ALIVE, true), 0);
    assertThat(places()).containsExactly("a");

    view.member(member("b", 1, MemberState.ALIVE, false), 0);
    view.leave(0);
    assertThat(places()).containsExactly("b");
  }

  @Test
  void a_restarted_node_must_say_anew_what_it_can_run() {
    view.member(member("b", 1, MemberState.ALIVE, false), 0);
    view.types(new NodeName("b"), ROOM, 0);

    view.member(member("b", 2, MemberState.ALIVE, false), 0);
    assertThat(places()).containsExactly("a");
    view.member(member("b", 1, MemberState.DEAD, false), 0);
    view.types(new NodeName("b"), ROOM, 0);
    assertThat(places()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void starts_and_moves_wait_for_a_view_that_stays_the_same() {
    assertThat(view.maySettle(SECOND - 1)).isFalse();
    assertThat(view.maySettle(SECOND)).isTrue();
    assertThat(view.mayMove(SECOND)).isFalse();
    assertThat(view.mayMove(2 * SECOND)).isTrue();

    view.member(member("b", 1, MemberState.ALIVE, false), 3 * SECOND);
    view.types(new NodeName("b"), ROOM, 3 * SECOND);
    assertThat(view.maySettle(3 * SECOND)).isFalse();
    assertThat(view.maySettle(4 * SECOND)).isTrue();
  }

  @Test
  void a_suspicion_holds_moves_up_and_starts_not() {
    view.member(member("b", 1, MemberState.ALIVE, false), 0);
    view.types(new NodeName("b"), ROOM, 0);
    view.member(member("b", 1, MemberState.SUSPECT, false), 0);
    assertThat(view.mayMove(10 * SECOND)).isFalse();
    assertThat(view.maySettle(10 * SECOND)).isTrue();

    view.member(member("b", 1, MemberState.ALIVE, false), 10 * SECOND);
    assertThat(view.mayMove(10 * SECOND)).isTrue();
  }

  @Test
  void a_member_that_has_not_said_what_it_can_run_is_waited_for_but_not_for_ever() {
    view.member(member("b", 1, MemberState.ALIVE, false), 0);
    assertThat(view.maySettle(4 * SECOND)).isFalse();
    assertThat(view.maySettle(6 * SECOND)).isTrue();
  }

  private Set<String> places() {
    return IntStream.range(0, 200)
        .mapToObj(i -> view.place("room", new ProcessName("w" + i)))
        .flatMap(Optional::stream)
        .map(NodeName::value)
        .collect(Collectors.toSet());
  }

  private static Member member(String name, long start, MemberState state, boolean leaving) {
    return new Member(
        new NodeId(new NodeName(name), start),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
        state,
        1,
        leaving ? READY.asLeaving() : READY);
  }
}
