package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One machine, input by input. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SwimTest {

  private static final Member SELF = member("self", 5, 0);
  private static final Member PEER = member("peer", 1, 0);
  private static final Member OTHER = member("other", 1, 0);

  private final Swim swim =
      new Swim(SELF, GossipOptions.lan(), RandomGeneratorFactory.of("L64X128MixRandom").create(1));
  private long now = 1_000_000_000L;

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
    void a_member_again_until_it_answers() {
      know(PEER);
      know(OTHER);

      var question = question(OTHER, step(new Input.Check(OTHER.id().name())));
      now = swim.wakeAtNanos();
      var again = step(new Input.Wake());
      var answered =
          questions(OTHER, packet(OTHER, new Packet.Ack(question.sequence(), OTHER.id())));
      var unanswered = questions(PEER, step(new Input.Check(PEER.id().name())));

      assertThat(sentTo(again, OTHER)).extracting(Packet::body).containsExactly(question);
      assertThat(answered).isEmpty();
      // Besides, it is asked once more when it is suspected.
      assertThat(unanswered)
          .extracting(Packet::body)
          .filteredOn(unanswered.getFirst().body()::equals)
          .hasSize(1 + GossipOptions.lan().probes().repeats());
    }

    @Test
    void a_suspect_no_more_once_others_are_asked_since_all_ask_it() {
      know(PEER);
      know(OTHER);

      var questions = questions(PEER, packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT)));

      var probes = GossipOptions.lan().probes();
      long step = probes.interval().dividedBy(probes.repeats() + 1).toMillis();
      assertThat(questions).hasSize((int) (probes.timeout().toMillis() / step));
    }

    @Test
    void others_after_a_failure_but_not_because_a_suspect_is_still_silent() {
      var third = member("third", 1, 0);
      know(PEER);
      know(OTHER);
      know(third);

      var verified = questions(third, packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT)));
      var checked = questions(third, step(new Input.Check(OTHER.id().name())));

      assertThat(verified).isEmpty();
      assertThat(checked).isNotEmpty();
    }

    private Packet.Ping question(Member member, List<Effect> effects) {
      return (Packet.Ping) sentTo(effects, member).getFirst().body();
    }

    /** What is asked of a member now and within ten seconds. */
    private List<Packet> questions(Member member, List<Effect> now) {
      var effects = new ArrayList<>(now);
      long until = SwimTest.this.now + 10_000_000_000L;
      while (swim.wakeAtNanos() < until) {
        SwimTest.this.now = Math.max(SwimTest.this.now, swim.wakeAtNanos());
        effects.addAll(step(new Input.Wake()));
      }
      return bodies(sentTo(effects, member), Packet.Ping.class);
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

      assertThat(echoes).hasSizeGreaterThan(1).containsOnly(echoes.getFirst());
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

  private List<Effect> step(Input input) {
    return swim.step(input, now);
  }

  private List<Effect> packet(Member from, Packet.Body body, Rumor... rumors) {
    return step(
        new Input.Received(from.gossipAddress(), new Packet(from.id(), body, List.of(rumors))));
  }

  /** Lets the machine hear of a member from that member. */
  private void know(Member member) {
    packet(member, new Packet.News(), new Rumor.Told(member));
    // The gossip about it is sent before anything is looked at.
    now += 10_000_000_000L;
    for (int i = 0; i < 20; i++) {
      now = Math.min(Math.max(now, swim.wakeAtNanos()), now + 1_000_000_000L);
      step(new Input.Wake());
    }
  }

  private MemberState state(Member member) {
    return swim.member(member.id().name()).orElseThrow().state();
  }

  private static Packet.Body ping() {
    return new Packet.Ping(1, new Packet.Named(SELF.id().name()));
  }

  private static Rumor accused(Member about, long version, MemberState state) {
    return new Rumor.Accused(about.id(), version, state, List.of(new NodeName("someone")));
  }

  private static void noteOpen(Effect effect, List<Effect.Open> into) {
    if (effect instanceof Effect.Open open) {
      into.add(open);
    }
  }

  private static void noteEcho(Effect effect, List<Effect.Echo> into) {
    if (effect instanceof Effect.Echo echo) {
      into.add(echo);
    }
  }

  private void echo(Effect.Echo echo) {
    packet(SELF, new Packet.Ping(echo.sequence(), new Packet.Named(SELF.id().name())));
  }

  private static List<Packet> sentTo(List<Effect> effects, Member peer) {
    var packets = new ArrayList<Packet>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send(var to, var packet) && to.equals(peer.gossipAddress())) {
        packets.add(packet);
      }
    }
    return packets;
  }

  private static List<Packet> bodies(List<Packet> packets, Class<? extends Packet.Body> kind) {
    return packets.stream().filter(packet -> kind.isInstance(packet.body())).toList();
  }

  private static List<MemberEvent> events(List<Effect> effects) {
    var events = new ArrayList<MemberEvent>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Announce(var event)) {
        events.add(event);
      }
    }
    return events;
  }

  private static Member member(String name, long incarnation, long version) {
    int port = 1_000 + Math.floorMod(name.hashCode(), 10_000);
    return new Member(
        new NodeId(new NodeName(name), incarnation),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        MemberState.ALIVE,
        version,
        new NodeMetadata(Optional.empty(), Optional.empty(), false, false, 1, new TreeSet<>()));
  }
}
