package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Whom a node asks, and what it concludes from the answers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProbesTest extends OneMachine {

  @Test
  void a_suspect_gets_its_time_and_is_dead_then() {
    know(PEER);
    know(OTHER);
    packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));
    var events = new ArrayList<MemberEvent>();

    for (int i = 0; i < 200 && state(PEER) != MemberState.DEAD; i++) {
      now = Math.max(now, swim.wakeAtNanos());
      events.addAll(events(step(new Input.Wake())));
    }

    assertThat(events)
        .filteredOn(event -> event.member().id().equals(PEER.id()))
        .singleElement()
        .isInstanceOf(MemberEvent.Down.class);
  }

  @Test
  void it_probes_nobody_a_second_time_to_verify_what_it_has_just_found_itself() {
    know(PEER);
    know(OTHER);
    step(new Input.Check(PEER.id().name()));
    List<Effect> effects = List.of();

    while (state(PEER) == MemberState.ALIVE) {
      now = swim.wakeAtNanos();
      effects = step(new Input.Wake());
    }

    assertThat(state(PEER)).isEqualTo(MemberState.SUSPECT);
    assertThat(bodies(sentTo(effects, PEER), Packet.Ping.class)).isEmpty();
  }

  @Test
  void a_closed_port_is_proof_once_a_datagram_went_unanswered() {
    know(PEER);
    var opened = opens(step(new Input.Check(PEER.id().name())));

    step(new Input.StreamFailed(opened.getFirst().stream(), true));
    assertThat(state(PEER)).isEqualTo(MemberState.ALIVE);
    now += GossipOptions.lan().probes().timeout().toNanos() * (swim.localHealth() + 1);
    step(new Input.Wake());

    assertThat(state(PEER)).isEqualTo(MemberState.DEAD);
  }

  @Test
  void a_closed_port_confirms_a_death_that_is_told_at_once() {
    know(PEER);
    know(OTHER);
    var opened = opens(packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD)));

    step(new Input.StreamFailed(opened.getFirst().stream(), true));

    assertThat(state(PEER)).isEqualTo(MemberState.DEAD);
  }

  @Test
  void it_probes_soon_whom_others_have_given_up_if_it_answers_nobody() {
    know(PEER);
    know(OTHER);
    var probes = GossipOptions.lan().probes();
    var least = GossipOptions.lan().suspicion().least(3, probes.interval());
    var check = probes.interval().multipliedBy(swim.localHealth() + 1);
    long until = now + check.plus(least).plus(probes.interval()).toNanos();
    var effects = packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD));

    while (swim.wakeAtNanos() < until) {
      for (Packet asked : bodies(sentTo(effects, OTHER), Packet.Ping.class)) {
        packet(OTHER, new Packet.Ack(((Packet.Ping) asked.body()).sequence(), OTHER.id()));
      }
      now = Math.max(now, swim.wakeAtNanos());
      effects = step(new Input.Wake());
    }

    assertThat(state(PEER)).isEqualTo(MemberState.DEAD);
  }

  @Test
  void it_probes_nobody_to_death_while_it_does_not_hear_itself() {
    know(PEER);
    know(OTHER);
    var echoes = new ArrayList<Effect.Echo>();
    step(new Input.Start(List.of())).forEach(effect -> noteEcho(effect, echoes));
    echo(echoes.getLast());
    packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));

    for (long until = now + 20_000_000_000L; now < until; now = swim.wakeAtNanos()) {
      step(new Input.Wake()).forEach(effect -> noteEcho(effect, echoes));
    }

    assertThat(state(PEER)).isEqualTo(MemberState.SUSPECT);
    echo(echoes.getLast());
    // The time in which it was deaf does not count.
    assertThat(state(PEER)).isEqualTo(MemberState.SUSPECT);
  }

  @Test
  void it_probes_again_once_its_lost_echo_was_sent_again() {
    know(PEER);
    know(OTHER);
    var echoes = new ArrayList<Effect.Echo>();
    step(new Input.Start(List.of())).forEach(effect -> noteEcho(effect, echoes));
    echo(echoes.removeLast());
    packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));

    var sentAt = new ArrayList<Long>();
    for (long until = now + 20_000_000_000L; now < until; now = swim.wakeAtNanos()) {
      int before = echoes.size();
      step(new Input.Wake()).forEach(effect -> noteEcho(effect, echoes));
      echoes.subList(before, echoes.size()).forEach(_ -> sentAt.add(now));
    }

    assertThat(echoes).hasSizeGreaterThan(2);
    assertThat(echoes.get(1)).isNotEqualTo(echoes.getFirst());
    assertThat(echoes.subList(2, echoes.size())).containsOnly(echoes.getFirst());
    for (int i = 1; i < sentAt.size(); i++) {
      assertThat(sentAt.get(i) - sentAt.get(i - 1))
          .isGreaterThan(GossipOptions.lan().probes().timeout().toNanos());
    }
    assertThat(state(PEER)).isEqualTo(MemberState.SUSPECT);
    echo(echoes.getLast());
    for (long until = now + 60_000_000_000L;
        now < until && state(PEER) != MemberState.DEAD;
        now = swim.wakeAtNanos()) {
      echoes.clear();
      step(new Input.Wake()).forEach(effect -> noteEcho(effect, echoes));
      echoes.forEach(this::echo);
    }
    assertThat(state(PEER)).isEqualTo(MemberState.DEAD);
  }

  @Test
  void it_probes_with_the_charge_whoever_is_said_to_be_dead_while_it_waits_for_its_turn() {
    var crowd = new ArrayList<Member>();
    for (int i = 0; i < 16; i++) {
      crowd.add(member("crowd" + i, 1, 0));
    }
    var told = new ArrayList<>(crowd);
    told.addAll(List.of(PEER, OTHER));
    packet(OTHER, ping(), told.stream().map(Rumor.Told::new).toArray(Rumor[]::new));
    var first = step(new Input.Check(crowd.getFirst().id().name()));
    crowd.subList(1, 16).forEach(member -> step(new Input.Check(member.id().name())));
    step(new Input.Check(PEER.id().name()));
    var charge = accused(PEER, 0, MemberState.DEAD);
    packet(OTHER, ping(), charge);

    var question = question(crowd.getFirst(), first);
    var effects =
        packet(crowd.getFirst(), new Packet.Ack(question.sequence(), crowd.getFirst().id()));

    assertThat(bodies(sentTo(effects, PEER), Packet.Ping.class))
        .singleElement()
        .extracting(Packet::rumors)
        .isEqualTo(List.of(charge));
  }

  @Test
  void it_never_probes_itself() {
    assertThat(step(new Input.Check(SELF.id().name()))).isEmpty();
  }

  @Test
  void it_probes_nobody_harder_for_its_own_pause() {
    know(PEER);
    know(OTHER);
    packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));

    now += Duration.ofMinutes(5).toNanos();
    step(new Input.Wake());

    assertThat(state(PEER)).isEqualTo(MemberState.SUSPECT);
    assertThat(swim.localHealth()).isPositive();
  }
}
