package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One machine, input by input. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SwimTest extends OneMachine {

  @Nested
  class Answers {

    @Test
    void a_ping_for_its_name() {
      var effects = packet(PEER, new Packet.Ping(7, new Packet.Named(SELF.id().name())));

      assertThat(sentTo(effects, PEER))
          .extracting(Packet::body)
          .contains(new Packet.Ack(7, SELF.id()));
    }

    @Test
    void no_ping_for_another_name_at_its_address() {
      var effects = packet(PEER, new Packet.Ping(7, new Packet.Named(new NodeName("ghost"))));

      assertThat(sentTo(effects, PEER)).isEmpty();
    }

    @Test
    void a_stranger_with_no_more_than_it_sent() {
      know(OTHER);
      packet(OTHER, new Packet.News(), new Rumor.Told(member("third", 1, 0)));

      var effects = packet(PEER, new Packet.Ping(7, new Packet.Anybody()));

      assertThat(sentTo(effects, PEER))
          .singleElement()
          .extracting(Packet::rumors)
          .isEqualTo(List.of());
    }

    @Test
    void an_earlier_start_elsewhere_with_no_more_than_that_there_is_a_later_one() {
      var earlier = new NodeId(SELF.id().name(), SELF.id().incarnation() - 1);
      know(member("peer", 2, 7));
      var elsewhere = OTHER.gossipAddress();

      var own =
          step(new Input.Received(elsewhere, new Packet(earlier, new Packet.News(), List.of())));
      var peers =
          step(new Input.Received(elsewhere, new Packet(PEER.id(), new Packet.News(), List.of())));

      assertThat(sentTo(own, OTHER))
          .containsExactly(new Packet(SELF.id(), new Packet.News(), List.of()));
      assertThat(sentTo(peers, OTHER))
          .singleElement()
          .extracting(Packet::rumors)
          .isEqualTo(List.of(new Rumor.Refuted(new NodeId(PEER.id().name(), 2), 7, 7)));
    }

    @Test
    void a_suspect_with_the_charge_where_it_is_known_to_be_and_nowhere_else() {
      know(PEER);
      know(OTHER);
      packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));
      var elsewhere = member("elsewhere", 1, 0);

      var effects =
          step(
              new Input.Received(
                  elsewhere.gossipAddress(), new Packet(PEER.id(), new Packet.News(), List.of())));

      assertThat(sentTo(effects, elsewhere)).isEmpty();
      assertThat(sentTo(effects, PEER)).flatExtracting(Packet::rumors).isNotEmpty();
    }

    @Test
    void whoever_has_it_ask_somebody_with_news_only_where_that_one_is_known_to_be() {
      know(PEER);
      know(OTHER);

      var stranger = relayed(member("stranger", 1, 0), member("ghost", 1, 0));
      var member = relayed(PEER, OTHER);

      for (var sent : List.of(stranger, member)) {
        assertThat(sent)
            .extracting(packet -> packet.body().getClass().getSimpleName())
            .containsExactly("Ping", "Nack", "Ack");
      }
      assertThat(stranger).allMatch(packet -> packet.rumors().isEmpty());
      assertThat(member).noneMatch(packet -> packet.rumors().isEmpty());
    }

    /** The question for another, and what the asker hears; with each step there is fresh news. */
    private List<Packet> relayed(Member asker, Member target) {
      var request = new Packet.PingRequest(7, target.id().name(), target.gossipAddress());
      var sent = bodies(sentTo(packet(asker, request, fresh(asker, 1)), target), Packet.Ping.class);
      now += GossipOptions.lan().probes().timeout().toNanos();
      var late = packet(OTHER, new Packet.News(), fresh(asker, 2));
      long sequence = ((Packet.Ping) sent.getFirst().body()).sequence();
      var ack = packet(target, new Packet.Ack(sequence, target.id()), fresh(asker, 3));
      var all = new ArrayList<>(sent);
      all.addAll(bodies(sentTo(late, asker), Packet.Nack.class));
      all.addAll(bodies(sentTo(ack, asker), Packet.Ack.class));
      return all;
    }

    private Rumor fresh(Member asker, int number) {
      return new Rumor.Told(member("for-" + asker.id().name().value() + number, 1, 0));
    }

    @Test
    void nothing_that_it_said_itself() {
      assertThat(packet(SELF, new Packet.Ping(7, new Packet.Anybody()))).isEmpty();
    }
  }

  @Nested
  class Refutes {

    @Test
    void a_suspicion_by_a_version_above_it() {
      know(PEER);

      var effects = packet(PEER, ping(), accused(SELF, 3, MemberState.SUSPECT));

      assertThat(swim.self().version()).isEqualTo(4);
      assertThat(sentTo(effects, PEER))
          .flatExtracting(Packet::rumors)
          .contains(new Rumor.Refuted(SELF.id(), 4, 0));
    }

    @Test
    void a_death_but_not_while_it_leaves() {
      know(PEER);
      step(new Input.Leave());
      long version = swim.self().version();

      packet(PEER, ping(), accused(SELF, 9, MemberState.DEAD));

      assertThat(swim.self().version()).isEqualTo(version);
      assertThat(swim.self().state()).isEqualTo(MemberState.LEFT);
    }

    @Test
    void whoever_it_accuses_itself_and_returns_the_charge_only_now_and_then() {
      know(PEER);
      know(OTHER);
      packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));
      int charged = 0;

      for (int i = 0; i < 64; i++) {
        var accusation = accused(SELF, swim.self().version(), MemberState.SUSPECT);
        var effects = packet(PEER, new Packet.News(), accusation);

        var said = bodies(sentTo(effects, PEER), Packet.News.class).getFirst().rumors();
        assertThat(said).contains(new Rumor.Told(swim.self()));
        charged += said.size() - 1;
      }

      assertThat(charged).isBetween(16, 48);
    }

    @Test
    void with_the_answer_to_whoever_accuses_it() {
      know(PEER);

      var effects = packet(PEER, ping(), accused(SELF, 0, MemberState.DEAD));

      assertThat(sentTo(effects, PEER))
          .filteredOn(packet -> packet.body() instanceof Packet.Ack)
          .flatExtracting(Packet::rumors)
          .contains(new Rumor.Refuted(SELF.id(), 1, 0));
    }

    @Test
    void nobody_elses_suspicion() {
      know(PEER);
      know(OTHER);

      packet(PEER, ping(), accused(OTHER, 0, MemberState.SUSPECT));

      assertThat(swim.self().version()).isZero();
      assertThat(state(OTHER)).isEqualTo(MemberState.SUSPECT);
    }
  }

  @Nested
  class Believes {

    @Test
    void no_death_of_a_member_that_it_holds_to_be_alive() {
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
    void no_death_without_putting_it_to_the_one_it_is_about() {
      know(PEER);
      know(OTHER);
      var charge = accused(OTHER, 0, MemberState.DEAD);

      var effects = packet(PEER, ping(), charge);

      assertThat(sentTo(effects, OTHER)).flatExtracting(Packet::rumors).contains(charge);
    }

    @Test
    void a_contradiction_that_it_can_follow() {
      know(PEER);
      know(OTHER);
      packet(PEER, ping(), accused(OTHER, 0, MemberState.SUSPECT));

      packet(PEER, ping(), new Rumor.Refuted(OTHER.id(), 1, 0));

      assertThat(swim.member(OTHER.id().name()).orElseThrow().version()).isEqualTo(1);
      assertThat(state(OTHER)).isEqualTo(MemberState.ALIVE);
    }

    @Test
    void no_contradiction_whose_content_it_lacks_but_asks_for_it() {
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
    void no_contradiction_of_an_accusation_that_came_before_what_the_member_had_said() {
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
    void no_accusation_older_than_what_the_member_said() {
      know(member("peer", 1, 4));
      know(OTHER);

      packet(OTHER, ping(), accused(PEER, 3, MemberState.SUSPECT));

      assertThat(state(PEER)).isEqualTo(MemberState.ALIVE);
    }

    @Test
    void a_goodbye_for_good() {
      know(PEER);
      know(OTHER);
      packet(PEER, ping(), accused(PEER, 1, MemberState.LEFT));

      packet(OTHER, ping(), accused(PEER, 9, MemberState.SUSPECT));
      packet(OTHER, ping(), new Rumor.Told(member("peer", 1, 99)));

      assertThat(state(PEER)).isEqualTo(MemberState.LEFT);
    }

    @Test
    void a_later_start_whose_earlier_one_goes_down_first() {
      know(PEER);

      var events = events(packet(OTHER, ping(), new Rumor.Told(member("peer", 2, 0))));

      assertThat(events)
          .extracting(event -> event.getClass().getSimpleName() + event.member().id())
          .containsSubsequence("Downpeer#1", "Uppeer#2");
    }

    @Test
    void no_earlier_start() {
      know(member("peer", 2, 0));

      var effects = packet(PEER, ping(), new Rumor.Told(PEER));

      assertThat(swim.member(PEER.id().name()).orElseThrow().id().incarnation()).isEqualTo(2);
      // And it says so, for the earlier one to fall silent.
      assertThat(sentTo(effects, PEER))
          .flatExtracting(Packet::rumors)
          .contains(new Rumor.Told(member("peer", 2, 0)));
    }
  }

  @Nested
  class Falls_silent {

    @Test
    void when_a_later_start_of_its_name_is_there() {
      var effects = packet(PEER, ping(), new Rumor.Told(member("self", 6, 0)));

      assertThat(effects).contains(new Effect.Superseded(new NodeId(new NodeName("self"), 6)));
      assertThat(packet(PEER, ping())).isEmpty();
      assertThat(swim.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void when_a_twin_goes_before_it() {
      var before = twinOf(SELF, SELF.gossipAddress().getPort() + 2);

      var effects = step(new Input.StreamHeard(-1, compare(before)));

      assertThat(effects).contains(new Effect.Superseded(SELF.id()));
    }

    @Test
    void when_it_compares_views_with_one_that_knows_a_twin_which_goes_before_it() {
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
    void when_a_later_start_of_its_name_says_anything_at_all() {
      var later = new NodeId(SELF.id().name(), SELF.id().incarnation() + 1);

      var effects =
          step(
              new Input.Received(
                  PEER.gossipAddress(), new Packet(later, new Packet.News(), List.of())));

      assertThat(effects).contains(new Effect.Superseded(later));
    }
  }

  @Nested
  class Probes {

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
    void nobody_a_second_time_to_verify_what_it_has_just_found_itself() {
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
      var opened = new ArrayList<Effect.Open>();
      step(new Input.Check(PEER.id().name())).forEach(effect -> noteOpen(effect, opened));

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
      var opened = new ArrayList<Effect.Open>();
      packet(OTHER, ping(), accused(PEER, 0, MemberState.DEAD))
          .forEach(effect -> noteOpen(effect, opened));

      step(new Input.StreamFailed(opened.getFirst().stream(), true));

      assertThat(state(PEER)).isEqualTo(MemberState.DEAD);
    }

    @Test
    void soon_whom_others_have_given_up_if_it_answers_nobody() {
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
    void nobody_to_death_while_it_does_not_hear_itself() {
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
    void again_once_its_lost_echo_was_sent_again() {
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
        echoes.forEach(SwimTest.this::echo);
      }
      assertThat(state(PEER)).isEqualTo(MemberState.DEAD);
    }

    @Test
    void with_the_charge_whoever_is_said_to_be_dead_while_it_waits_for_its_turn() {
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
    void never_itself() {
      assertThat(step(new Input.Check(SELF.id().name()))).isEmpty();
    }

    @Test
    void nobody_harder_for_its_own_pause() {
      know(PEER);
      know(OTHER);
      packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));

      now += Duration.ofMinutes(5).toNanos();
      step(new Input.Wake());

      assertThat(state(PEER)).isEqualTo(MemberState.SUSPECT);
      assertThat(swim.localHealth()).isPositive();
    }
  }

  @Nested
  class Stays_the_same {

    @Test
    void for_equal_seeds_and_inputs() {
      var twin =
          new Swim(
              SELF, GossipOptions.lan(), RandomGeneratorFactory.of("L64X128MixRandom").create(1));
      for (Input input :
          List.of(
              new Input.Start(List.of(PEER.gossipAddress())),
              new Input.Received(PEER.gossipAddress(), new Packet(PEER.id(), ping(), List.of())),
              new Input.Wake())) {
        assertThat(twin.step(input, now)).isEqualTo(swim.step(input, now));
        now += 1_000_000_000L;
      }
    }
  }
}
