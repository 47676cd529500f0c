package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StrangeMembersTest {

  private static final List<Member> KNOWN =
      List.of(member("a", 1, MemberState.ALIVE), member("b", 2, MemberState.DEAD));

  @Test
  void whom_gossip_knows_in_whatever_state_is_no_stranger() {
    assertThat(StrangeMembers.of(KNOWN, List.of("a#1", "b#2"))).isEmpty();
  }

  @Test
  void another_name_and_another_start_of_a_known_one_are_strangers() {
    assertThat(StrangeMembers.of(KNOWN, List.of("c#9", "a#1", "b#1")))
        .containsExactly(id("b", 1), id("c", 9));
  }

  @Test
  void a_word_that_is_no_id_is_left_out() {
    assertThat(StrangeMembers.of(KNOWN, List.of("c", "#1", "c#", "c#x", "c#9999999999999999999")))
        .isEmpty();
  }

  private static Member member(String name, long incarnation, MemberState state) {
    return new Member(
        id(name, incarnation),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
        state,
        1,
        NodeMetadata.PLAIN);
  }

  private static NodeId id(String name, long incarnation) {
    return new NodeId(new NodeName(name), incarnation);
  }
}
