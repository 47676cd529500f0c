package io.roster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.admin.NodeView.MemberRow;
import io.roster.node.admin.NodeView.Members;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MembersCommandTest {

  private static MemberRow member(String name, String state, long version, long micros) {
    return member(name, state, version, micros, false);
  }

  private static MemberRow member(
      String name, String state, long version, long micros, boolean leaving) {
    boolean up = !List.of("dead", "left").contains(state);
    return member(name, state, version, micros, leaving, up);
  }

  private static MemberRow member(
      String name, String state, long version, long micros, boolean leaving, boolean inArbiter) {
    boolean up = !List.of("dead", "left").contains(state);
    return new MemberRow(
        name,
        7,
        state,
        version,
        micros,
        "10.0.0.1:7001",
        "",
        up,
        "",
        inArbiter,
        inArbiter,
        leaving,
        1,
        List.of(),
        1,
        1,
        3);
  }

  @Test
  void a_row_has_state_version_round_trip_and_what_hazelcast_sees() {
    var members =
        new Members(
            "a",
            7,
            List.of(
                member("a", "alive", 2, -1),
                member("b", "suspect", 5, 1_234),
                member("c", "dead", 1, -1)),
            false,
            4_200,
            1,
            3);

    assertThat(MembersCommand.text(members).lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).contains("name", "state", "version", "round trip"),
            line -> assertThat(line).containsPattern("a \\*.*alive +2 +- +up +member"),
            line ->
                assertThat(line).containsPattern("b .*suspect +5 +1\\.2 ms +up +member +1 +75 %"),
            line -> assertThat(line).containsPattern("c .*dead +1 +- +- +- +1 +- "),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "2 of 3 up; a is doubtful of itself (local health 3); "
                            + "gossip and Hazelcast have disagreed for 4.2 s"));
  }

  @Test
  void who_is_leaving_is_marked_until_it_has_left() {
    var members =
        new Members(
            "a",
            7,
            List.of(member("b", "alive", 5, 1_234, true), member("c", "left", 8, -1, true)),
            true,
            0,
            0,
            0);

    assertThat(MembersCommand.text(members)).contains("alive, leaving").doesNotContain("left,");
  }

  @Test
  void whose_hazelcast_has_not_joined_yet_is_starting() {
    var members =
        new Members("a", 7, List.of(member("b", "alive", 5, 1_234, false, false)), true, 0, 0, 0);

    assertThat(MembersCommand.text(members)).containsPattern("1\\.2 ms +up +starting");
  }

  @Test
  void who_is_gone_has_no_round_trip() {
    var members = new Members("a", 7, List.of(member("b", "dead", 5, 1_234)), true, 0, 0, 0);

    assertThat(MembersCommand.text(members)).doesNotContain("1.2 ms");
  }

  @Test
  void a_healthy_node_in_agreement_says_so() {
    var members = new Members("a", 7, List.of(member("a", "alive", 0, -1)), true, 0, 0, 0);

    assertThat(MembersCommand.text(members))
        .endsWith("1 of 1 up; a is healthy; gossip and Hazelcast agree" + System.lineSeparator());
  }

  @Test
  void whom_hazelcast_alone_counts_has_a_row_and_is_not_up() {
    var members =
        new Members(
            "a",
            7,
            List.of(member("a", "alive", 2, -1), MemberRow.unknown("a", 5, false)),
            false,
            4_200,
            0,
            0);

    assertThat(MembersCommand.text(members).lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("name"),
            line -> assertThat(line).containsPattern("a \\* +7 +alive"),
            line -> assertThat(line).matches("a +5 +unknown to gossip +- +- +- +member +- +- +-"),
            line -> assertThat(line).startsWith("1 of 2 up;"));
  }
}
