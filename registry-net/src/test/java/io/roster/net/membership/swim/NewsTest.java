package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.MemberState;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a node makes of news about others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NewsTest extends OneMachine {

  @Test
  void it_believes_no_death_of_a_member_that_it_holds_to_be_alive() {
    know(PEER);
    know(OTHER);

    var effects = packet(PEER, ping(), accused(OTHER, 0, MemberState.DEAD));

    assertThat(state(OTHER)).isEqualTo(MemberState.ALIVE);
    // It looks for itself, over a stream too.
    assertThat(sentTo(effects, OTHER))
        .extracting(Packet::body)
        .hasAtLeastOneElementOfType(Packet.Ping.class);
    assertThat(effects).hasAtLeastOneElementOfType(Effect.Open.class);
  }

  @Test
  void it_believes_no_death_without_putting_it_to_the_one_it_is_about() {
    know(PEER);
    know(OTHER);
    var charge = accused(OTHER, 0, MemberState.DEAD);

    var effects = packet(PEER, ping(), charge);

    assertThat(sentTo(effects, OTHER)).flatExtracting(Packet::rumors).contains(charge);
  }

  @Test
  void it_believes_a_contradiction_that_it_can_follow() {
    know(PEER);
    know(OTHER);
    packet(PEER, ping(), accused(OTHER, 0, MemberState.SUSPECT));

    packet(PEER, ping(), new Rumor.Refuted(OTHER.id(), 1, 0));

    assertThat(swim.member(OTHER.id().name()).orElseThrow().version()).isEqualTo(1);
    assertThat(state(OTHER)).isEqualTo(MemberState.ALIVE);
  }

  @Test
  void it_believes_no_contradiction_whose_content_it_lacks_but_asks_for_it() {
    know(PEER);
    know(OTHER);
    for (long stream = 1; stream <= 20; stream++) {
      // Comparisons with those that it has met are over.
      step(new Input.StreamFailed(stream, false));
    }

    var effects = packet(PEER, ping(), new Rumor.Refuted(OTHER.id(), 5, 4));

    assertThat(swim.member(OTHER.id().name()).orElseThrow().version()).isZero();
    assertThat(effects)
        .filteredOn(Effect.Open.class::isInstance)
        .extracting(effect -> ((Effect.Open) effect).to())
        .contains(PEER.gossipAddress());
  }

  @Test
  void it_believes_no_contradiction_of_an_accusation_that_came_before_what_the_member_had_said() {
    know(PEER);
    know(OTHER);
    for (long stream = 1; stream <= 20; stream++) {
      step(new Input.StreamFailed(stream, false));
    }
    packet(PEER, ping(), accused(OTHER, 1, MemberState.SUSPECT));

    // It said something new with version 1, of which nothing was heard but that it is suspected.
    var effects = packet(PEER, ping(), new Rumor.Refuted(OTHER.id(), 2, 1));

    assertThat(state(OTHER)).isEqualTo(MemberState.SUSPECT);
    assertThat(effects)
        .filteredOn(Effect.Open.class::isInstance)
        .extracting(effect -> ((Effect.Open) effect).to())
        .contains(PEER.gossipAddress());
  }

  @Test
  void it_believes_no_accusation_older_than_what_the_member_said() {
    know(member("peer", 1, 4));
    know(OTHER);

    packet(OTHER, ping(), accused(PEER, 3, MemberState.SUSPECT));

    assertThat(state(PEER)).isEqualTo(MemberState.ALIVE);
  }

  @Test
  void it_believes_a_goodbye_for_good() {
    know(PEER);
    know(OTHER);
    packet(PEER, ping(), accused(PEER, 1, MemberState.LEFT));

    packet(OTHER, ping(), accused(PEER, 9, MemberState.SUSPECT));
    packet(OTHER, ping(), new Rumor.Told(member("peer", 1, 99)));

    assertThat(state(PEER)).isEqualTo(MemberState.LEFT);
  }

  @Test
  void it_believes_a_later_start_whose_earlier_one_goes_down_first() {
    know(PEER);

    var events = events(packet(OTHER, ping(), new Rumor.Told(member("peer", 2, 0))));

    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName() + event.member().id())
        .containsSubsequence("Downpeer#1", "Uppeer#2");
  }

  @Test
  void it_believes_no_earlier_start() {
    know(member("peer", 2, 0));

    var effects = packet(PEER, ping(), new Rumor.Told(PEER));

    assertThat(swim.member(PEER.id().name()).orElseThrow().id().incarnation()).isEqualTo(2);
    // And it says so, for the earlier one to fall silent.
    assertThat(sentTo(effects, PEER))
        .flatExtracting(Packet::rumors)
        .contains(new Rumor.Told(member("peer", 2, 0)));
  }
}
