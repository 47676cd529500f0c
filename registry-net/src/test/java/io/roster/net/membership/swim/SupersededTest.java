package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** When a node gives way to another start of its name, or to a twin. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupersededTest extends OneMachine {

  @Test
  void it_falls_silent_when_a_later_start_of_its_name_is_there() {
    var effects = packet(PEER, ping(), new Rumor.Told(member("self", 6, 0)));

    assertThat(effects).contains(new Effect.Superseded(new NodeId(new NodeName("self"), 6)));
    assertThat(packet(PEER, ping())).isEmpty();
    assertThat(swim.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void it_does_nothing_more_with_what_came_along_with_the_news_of_a_later_start() {
    var later = member("self", 6, 0);
    var rows =
        List.of(new StreamMessage.Known(later, 0), new StreamMessage.Known(member("new", 1, 0), 0));

    var effects =
        step(new Input.StreamHeard(-1, new StreamMessage.Rows(PEER.id(), rows, List.of())));

    assertThat(effects).last().isEqualTo(new Effect.Superseded(later.id()));
  }

  @Test
  void it_falls_silent_when_a_twin_goes_before_it() {
    var before = twinOf(SELF, SELF.gossipAddress().getPort() + 2);

    var effects = step(new Input.StreamHeard(-1, compare(before)));

    assertThat(effects).contains(new Effect.Superseded(SELF.id()));
  }

  @Test
  void it_falls_silent_when_it_compares_views_with_one_that_knows_a_twin_which_goes_before_it() {
    know(PEER);
    var behind = twinOf(PEER, PEER.gossipAddress().getPort() - 1);

    var effects = step(new Input.StreamHeard(-1, compare(behind)));

    var rows = List.of(new StreamMessage.Known(PEER, 0));
    assertThat(effects)
        .containsExactly(
            new Effect.Say(-1, new StreamMessage.Rows(SELF.id(), rows, List.of()), true));
  }

  private StreamMessage compare(Member from) {
    return new StreamMessage.Compare(from, swim.digest());
  }

  private Member twinOf(Member member, int port) {
    var address = new InetSocketAddress(member.gossipAddress().getAddress(), port);
    return new Member(member.id(), address, MemberState.ALIVE, 0, member.metadata());
  }

  @Test
  void it_falls_silent_when_a_later_start_of_its_name_says_anything_at_all() {
    var later = new NodeId(SELF.id().name(), SELF.id().incarnation() + 1);

    var effects =
        step(
            new Input.Received(
                PEER.gossipAddress(), new Packet(later, new Packet.News(), List.of())));

    assertThat(effects).contains(new Effect.Superseded(later));
  }
}
