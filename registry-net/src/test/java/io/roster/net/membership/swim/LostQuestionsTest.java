package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that are lost, and those that are asked in vain. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LostQuestionsTest extends OneMachine {

  @Test
  void a_member_is_asked_again_until_it_answers() {
    know(PEER);
    know(OTHER);

    var question = question(OTHER, step(new Input.Check(OTHER.id().name())));
    now = swim.wakeAtNanos();
    var again = step(new Input.Wake());
    var answered = questions(OTHER, packet(OTHER, new Packet.Ack(question.sequence(), OTHER.id())));
    var unanswered = questions(PEER, step(new Input.Check(PEER.id().name())));

    assertThat(sentTo(again, OTHER)).hasSize(1);
    assertThat(question(OTHER, again).addressee()).isEqualTo(question.addressee());
    assertThat(answered).isEmpty();
    assertThat(unanswered)
        .extracting(Packet::body)
        .doesNotHaveDuplicates()
        .hasSize(1 + GossipOptions.lan().probes().repeats());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_answer_is_as_late_as_the_question_that_it_answers(boolean toTheRepeat) {
    know(OTHER);
    long askedAt = now;
    var first = question(OTHER, step(new Input.Check(OTHER.id().name())));
    now = swim.wakeAtNanos();
    var again = question(OTHER, step(new Input.Wake()));
    long gap = now - askedAt;
    now += 1_000_000;

    packet(OTHER, new Packet.Ack((toTheRepeat ? again : first).sequence(), OTHER.id()));

    assertThat(swim.roundTrip(OTHER.id().name()))
        .contains(Duration.ofNanos(1_000_000 + (toTheRepeat ? 0 : gap)));
  }

  @Test
  void an_answer_ends_the_question_and_its_alarms() {
    know(OTHER);
    long before = swim.wakeAtNanos();

    var question = question(OTHER, step(new Input.Check(OTHER.id().name())));
    for (int repeat = 1; repeat <= 2; repeat++) {
      now = swim.wakeAtNanos();
      assertThat(sentTo(step(new Input.Wake()), OTHER)).hasSize(1);
    }
    var answered = packet(OTHER, new Packet.Ack(question.sequence(), OTHER.id()));

    assertThat(swim.wakeAtNanos()).isEqualTo(before);
    assertThat(questions(OTHER, answered)).isEmpty();
  }

  @Test
  void the_first_to_itself_is_sent_again_though_all_others_answer() {
    var echoes = new ArrayList<Effect.Echo>();
    step(new Input.Start(List.of())).forEach(effect -> noteEcho(effect, echoes));

    for (int wake = 0; wake < 5; wake++) {
      now = swim.wakeAtNanos();
      step(new Input.Wake()).forEach(effect -> noteEcho(effect, echoes));
    }

    assertThat(echoes).hasSizeGreaterThan(1);
  }

  @Test
  void a_second_stream_goes_beside_one_that_says_nothing_when_the_datagram_is_late() {
    know(PEER);
    long lateAt = now + GossipOptions.lan().probes().timeout().toNanos() * (swim.localHealth() + 1);
    var first = step(new Input.Check(PEER.id().name()));
    var before = new ArrayList<Effect>();
    while (swim.wakeAtNanos() < lateAt) {
      now = swim.wakeAtNanos();
      before.addAll(step(new Input.Wake()));
    }
    assertThat(opens(before)).isEmpty();

    now = lateAt;
    var beside = step(new Input.Wake());
    var answered = packet(PEER, new Packet.Ack(question(PEER, first).sequence(), PEER.id()));

    assertThat(opens(beside)).extracting(Effect.Open::to).containsExactly(PEER.gossipAddress());
    assertThat(beside).doesNotHaveAnyElementsOfTypes(Effect.Close.class);
    assertThat(answered)
        .contains(
            new Effect.Close(opens(first).getFirst().stream()),
            new Effect.Close(opens(beside).getFirst().stream()));
  }

  @Test
  void whose_death_is_told_while_it_is_asked_is_dead_as_soon_as_its_port_is_found_closed() {
    know(PEER);
    know(OTHER);
    var asked = packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));

    var told = packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD));
    var refused = step(new Input.StreamFailed(opens(told).getFirst().stream(), true));

    assertThat(opens(asked)).isEmpty();
    assertThat(events(refused)).hasAtLeastOneElementOfType(MemberEvent.Down.class);
  }

  @Test
  void whose_port_is_closed_is_dead_as_soon_as_its_death_is_told() {
    know(PEER);
    know(OTHER);
    var asked = step(new Input.Check(PEER.id().name()));

    var refused = step(new Input.StreamFailed(opens(asked).getFirst().stream(), true));
    var told = packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD));

    assertThat(events(refused)).isEmpty();
    assertThat(events(told)).hasAtLeastOneElementOfType(MemberEvent.Down.class);
  }

  @Test
  void a_charge_that_was_contradicted_does_not_make_a_closed_port_enough() {
    know(PEER);
    know(OTHER);
    var told = packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD));

    packet(OTHER, ping(), new Rumor.Told(member("peer", 1, 1)));
    var refused = step(new Input.StreamFailed(opens(told).getFirst().stream(), true));

    assertThat(state(PEER)).isEqualTo(MemberState.ALIVE);
    assertThat(events(refused)).isEmpty();
  }

  @Test
  void of_two_charges_the_one_with_more_accusers_is_put() {
    know(PEER);
    know(OTHER);
    var two =
        new Rumor.Accused(
            PEER.id(), 0, MemberState.DEAD, List.of(new NodeName("one"), new NodeName("another")));
    packet(OTHER, ping(), two);

    packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD));
    now = swim.wakeAtNanos();
    var again = bodies(sentTo(step(new Input.Wake()), PEER), Packet.Ping.class);

    assertThat(again).extracting(Packet::rumors).containsExactly(List.of(two));
  }

  @Test
  void a_question_is_over_when_another_start_takes_the_place_of_the_one_that_was_asked() {
    var elsewhere = member("elsewhere", 1, 0).gossipAddress();
    var later =
        new Member(member("peer", 2, 0).id(), elsewhere, MemberState.ALIVE, 0, PEER.metadata());
    know(PEER);
    know(OTHER);
    var asked = bodies(sentTo(step(new Input.Check(PEER.id().name())), PEER), Packet.Ping.class);

    var replaced =
        packet(OTHER, ping(), new Rumor.Told(later), accused(later, 0, MemberState.SUSPECT));

    assertThat(asked).hasSize(1);
    assertThat(questions(PEER, replaced)).isEmpty();
  }

  @Test
  void a_start_that_took_the_place_of_one_that_is_asked_is_asked_at_once() {
    var later =
        new Member(
            member("peer", 2, 0).id(),
            member("elsewhere", 1, 0).gossipAddress(),
            MemberState.ALIVE,
            0,
            PEER.metadata());
    know(PEER);
    know(OTHER);
    step(new Input.Check(PEER.id().name()));
    packet(OTHER, ping(), new Rumor.Told(later));

    var checked = step(new Input.Check(PEER.id().name()));

    assertThat(bodies(sentTo(checked, later), Packet.Ping.class)).hasSize(1);
    assertThat(opens(checked)).extracting(Effect.Open::to).containsExactly(later.gossipAddress());
  }

  @Test
  void a_question_that_is_put_again_carries_what_is_held_by_then() {
    know(PEER);
    know(OTHER);
    packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD));

    packet(OTHER, ping(), accused(PEER, 3, MemberState.SUSPECT));
    now = swim.wakeAtNanos();
    var again = step(new Input.Wake());

    assertThat(bodies(sentTo(again, PEER), Packet.Ping.class))
        .isNotEmpty()
        .allSatisfy(
            question ->
                assertThat(question.rumors()).extracting(Rumor::version).containsExactly(3L));
  }

  @Test
  void a_death_that_was_told_is_looked_into_again_while_the_node_is_not_sure_that_it_hears() {
    know(PEER);
    know(OTHER);
    var echoes = new ArrayList<Effect.Echo>();
    step(new Input.Start(List.of())).forEach(effect -> noteEcho(effect, echoes));
    echo(echoes.getLast());

    var told = questions(PEER, packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD)));

    long charged =
        told.stream()
            .filter(question -> question.rumors().contains(accused(PEER, 0, MemberState.DEAD)))
            .count();
    int each = 1 + GossipOptions.lan().probes().repeats();
    assertThat(charged).isBetween(2L * each, 3L * each);
  }

  @Test
  void a_suspect_is_asked_no_more_once_others_are_since_all_ask_it() {
    know(PEER);
    know(OTHER);

    var questions = questions(PEER, packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT)));

    var probes = GossipOptions.lan().probes();
    long step = probes.interval().dividedBy(probes.repeats() + 1).toMillis();
    assertThat(questions).hasSize((int) (probes.timeout().toMillis() / step));
  }

  @Test
  void others_are_looked_at_after_a_failure_but_not_because_a_suspect_is_still_silent() {
    var third = member("third", 1, 0);
    know(PEER);
    know(OTHER);
    know(third);

    var verified = questions(third, packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT)));
    var checked = questions(third, step(new Input.Check(OTHER.id().name())));

    assertThat(verified).isEmpty();
    assertThat(checked).isNotEmpty();
  }

  /** What is asked of a member now and within ten seconds. */
  private List<Packet> questions(Member member, List<Effect> now) {
    var effects = new ArrayList<>(now);
    long until = this.now + 10_000_000_000L;
    while (swim.wakeAtNanos() < until) {
      this.now = Math.max(this.now, swim.wakeAtNanos());
      effects.addAll(step(new Input.Wake()));
    }
    return bodies(sentTo(effects, member), Packet.Ping.class);
  }
}
