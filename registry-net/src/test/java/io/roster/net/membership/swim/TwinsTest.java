package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two processes with one name and one incarnation. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwinsTest extends OneMachine {

  private static final InetSocketAddress ELSEWHERE = OTHER.gossipAddress();

  @Test
  void who_asks_anybody_in_this_name_from_elsewhere_is_met() {
    assertThat(opens(asks(ELSEWHERE, new Packet.Anybody())))
        .singleElement()
        .satisfies(
            open -> {
              assertThat(open.to()).isEqualTo(ELSEWHERE);
              assertThat(open.first()).isInstanceOf(StreamMessage.Compare.class);
            });
  }

  @Test
  void what_this_node_itself_asked_is_not() {
    assertThat(asks(SELF.gossipAddress(), new Packet.Anybody())).isEmpty();
    assertThat(asks(ELSEWHERE, new Packet.Named(SELF.id().name()))).isEmpty();
  }

  @Test
  void whose_twin_has_said_goodbye_falls_silent() {
    var told = new StreamMessage.Known(gone(SELF), 0);
    var rows = new StreamMessage.Rows(PEER.id(), List.of(told), List.of());

    assertThat(step(new Input.StreamHeard(-1, rows))).contains(new Effect.Superseded(SELF.id()));
    assertThat(packet(PEER, ping())).isEmpty();
  }

  @Test
  void whose_twin_is_said_to_have_left_falls_silent() {
    var effects = packet(PEER, ping(), accused(SELF, 1, MemberState.LEFT));

    assertThat(effects).containsExactly(new Effect.Superseded(SELF.id()));
  }

  @Test
  void who_said_goodbye_itself_ends_in_its_own_time() {
    know(PEER);
    step(new Input.Leave());

    var effects = packet(PEER, ping(), accused(SELF, 1, MemberState.LEFT));

    assertThat(effects).isNotEmpty().doesNotContain(new Effect.Superseded(SELF.id()));
  }

  @Test
  void a_goodbye_is_believed_of_the_one_that_goes_before_too() {
    know(PEER);
    var twin = at(PEER.gossipAddress().getPort() - 1, MemberState.LEFT);

    packet(OTHER, ping(), new Rumor.Told(twin));

    assertThat(state(PEER)).isEqualTo(MemberState.LEFT);
  }

  @Test
  void who_is_heard_from_elsewhere_and_dead_where_it_was_is_met() {
    know(PEER);
    var elsewhere = at(PEER.gossipAddress().getPort() + 1, MemberState.ALIVE);
    die(PEER);

    assertThat(opens(packet(elsewhere, ping())))
        .extracting(Effect.Open::to)
        .containsExactly(elsewhere.gossipAddress());
  }

  @Test
  void who_is_heard_from_elsewhere_and_up_where_it_was_is_asked_now_and_then_who_it_is() {
    know(PEER);
    var elsewhere = at(PEER.gossipAddress().getPort() + 1, MemberState.ALIVE);
    var whoIs = new StreamMessage.WhoIs(PEER.id().name());
    int met = 0;
    for (int i = 0; i < 64; i++) {
      var opened = opens(packet(elsewhere, ping()));
      met += opened.size();
      assertThat(opened).extracting(Effect.Open::first).allMatch(whoIs::equals);
      opened.forEach(open -> step(new Input.StreamFailed(open.stream(), false)));
    }

    assertThat(met).isBetween(1, 12);
  }

  @Test
  void who_says_that_it_is_the_one_that_goes_before_is_believed_if_it_was_asked() {
    know(PEER);
    var twin = at(PEER.gossipAddress().getPort() + 1, MemberState.ALIVE);
    var thisIs = new StreamMessage.ThisIs(List.of(twin));
    step(new Input.StreamHeard(99, thisIs));
    var unasked = swim.member(PEER.id().name()).orElseThrow();

    for (int i = 0; i < 64; i++) {
      opens(packet(twin, ping()))
          .forEach(open -> step(new Input.StreamHeard(open.stream(), thisIs)));
    }

    assertThat(unasked.gossipAddress()).isEqualTo(PEER.gossipAddress());
    assertThat(swim.member(PEER.id().name()).orElseThrow().gossipAddress())
        .isEqualTo(twin.gossipAddress());
  }

  /** It is asked, and never answers. */
  private void die(Member member) {
    step(new Input.Check(member.id().name()));
    for (int i = 0; i < 1_000 && state(member) != MemberState.DEAD; i++) {
      now = Math.max(now, swim.wakeAtNanos());
      step(new Input.Wake());
    }
    assertThat(state(member)).isEqualTo(MemberState.DEAD);
  }

  private static Member at(int port, MemberState state) {
    var address = new InetSocketAddress(PEER.gossipAddress().getAddress(), port);
    return new Member(PEER.id(), address, state, 0, PEER.metadata());
  }

  private List<Effect> asks(InetSocketAddress from, Packet.Addressee whom) {
    return step(
        new Input.Received(from, new Packet(SELF.id(), new Packet.Ping(7, whom), List.of())));
  }

  private static Member gone(Member member) {
    return new Member(member.id(), member.gossipAddress(), MemberState.LEFT, 1, member.metadata());
  }
}
