package io.roster.testkit.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.testkit.sim.Link;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole clusters with one broken part each: that one invariant is named, with seed and trace. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrokenMachinesTest {

  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration LATE = Duration.ofSeconds(20);
  private static final NodeId FIRST = id("n1", 1);
  private static final NodeId SUBJECT = id("n3", 1);

  @Test
  void a_version_that_its_owner_did_not_give_out_breaks_I1() {
    breaks(
        Law.I1,
        "tells version 2 of n3#1, which has given out 1",
        cluster ->
            cluster.driveBy(
                (node, input, now) ->
                    node.id().equals(FIRST)
                        ? retold(node.swim().step(input, now), BrokenMachinesTest::raised)
                        : node.swim().step(input, now)),
        cluster -> {
          publish(cluster);
          cluster.simulation().runFor(SOON);
        });
  }

  @Test
  void news_that_a_machine_lets_pass_by_break_I2() {
    breaks(
        Law.I2,
        "but holds",
        cluster ->
            cluster.driveBy(
                (node, input, now) -> {
                  boolean late = node.id().equals(FIRST);
                  return node.swim()
                      .step(late ? without(input, BrokenMachinesTest::isUpdate) : input, now);
                }),
        cluster -> {
          publish(cluster);
          cluster.simulation().runFor(SOON);
        });
  }

  @Test
  void a_row_that_nobody_spoke_of_breaks_I2() {
    breaks(
        Law.I2,
        "nothing was said of",
        cluster ->
            cluster.driveBy(
                (node, input, now) -> {
                  boolean dreams = node.id().equals(FIRST) && input instanceof Input.Wake;
                  return node.swim().step(dreams ? dream(cluster) : input, now);
                }),
        cluster -> cluster.simulation().runFor(SOON));
  }

  @Test
  void a_shell_that_answers_for_the_dead_breaks_I3() {
    breaks(
        Law.I3,
        "which is gone",
        cluster -> cluster.driveBy((node, input, now) -> answered(cluster, node, input, now)),
        cluster -> {
          cluster.crash(cluster.node("n3"));
          cluster.converge(LATE);
        });
  }

  @Test
  void a_member_that_never_contradicts_its_death_breaks_I3() {
    breaks(
        Law.I3,
        "DEAD, which runs",
        BrokenMachinesTest::contradictNothing,
        cluster -> {
          cluster.network().split(List.of(List.of(cluster.node("n3").address()), others()));
          cluster.simulation().runFor(LATE);
          cluster.network().heal();
          cluster.converge(LATE);
        });
  }

  @Test
  void a_return_from_the_dead_with_nothing_new_breaks_I4() {
    breaks(
        Law.I4,
        "came back with nothing new",
        cluster ->
            cluster.driveBy(
                (node, input, now) -> {
                  var effects = new ArrayList<>(node.swim().step(input, now));
                  if (node.id().equals(FIRST) && losesSubject(effects)) {
                    effects.add(new Effect.Announce(new MemberEvent.Up(subject(cluster))));
                  }
                  return effects;
                }),
        cluster -> {
          cluster.crash(cluster.node("n3"));
          cluster.simulation().runFor(LATE);
        });
  }

  @Test
  void a_member_that_never_contradicts_a_suspicion_breaks_I5() {
    breaks(
        Law.I5,
        "buries n3#1, which runs",
        BrokenMachinesTest::contradictNothing,
        cluster -> {
          cluster.calm();
          cluster.pause(cluster.node("n3"), Duration.ofMillis(600));
          cluster.simulation().runFor(LATE);
        });
  }

  @Test
  void a_question_that_hides_the_suspicion_breaks_I5() {
    breaks(
        Law.I5,
        "asks its suspect n3 and does not say so",
        cluster ->
            cluster.driveBy(
                (node, input, now) ->
                    changed(
                        node.swim().step(input, now),
                        packet ->
                            packet.body() instanceof Packet.Ping
                                ? new Packet(packet.from(), packet.body(), List.of())
                                : packet)),
        cluster -> {
          cluster.pause(cluster.node("n3"), Duration.ofMillis(600));
          cluster.simulation().runFor(LATE);
        });
  }

  @Test
  void what_a_member_says_of_itself_and_sends_to_nobody_breaks_I6() {
    breaks(
        Law.I6,
        "n0#1 holds [n3#1 v0 ALIVE",
        cluster ->
            cluster.driveBy(
                (node, input, now) -> {
                  var effects = node.swim().step(input, now);
                  boolean secret = node.id().equals(SUBJECT) && node.swim().self().version() > 0;
                  return secret ? kept(effects) : effects;
                }),
        cluster -> {
          publish(cluster);
          cluster.converge(LATE);
        });
  }

  @Test
  void news_that_are_passed_on_for_ever_break_I7() {
    breaks(
        Law.I7,
        "for the 5. time, of 4",
        cluster ->
            cluster.driveBy(
                (node, input, now) ->
                    changed(
                        node.swim().step(input, now),
                        packet ->
                            node.id().equals(FIRST) && now(cluster) > SOON.toNanos()
                                ? new Packet(
                                    packet.from(),
                                    packet.body(),
                                    List.of(new Rumor.Told(subject(cluster))))
                                : packet)),
        cluster -> cluster.simulation().runFor(LATE));
  }

  @Test
  void an_accuser_that_counts_twice_breaks_I8() {
    breaks(
        Law.I8,
        "tells of accusers",
        cluster ->
            cluster.driveBy(
                (node, input, now) ->
                    retold(node.swim().step(input, now), BrokenMachinesTest::doubled)),
        cluster -> {
          cluster.pause(cluster.node("n3"), Duration.ofMillis(600));
          cluster.simulation().runFor(LATE);
        });
  }

  @Test
  void news_for_a_stranger_break_I9() {
    var stranger = GossipSim.address(99);
    breaks(
        Law.I9,
        "where it knows nobody",
        cluster ->
            cluster.driveBy(
                (node, input, now) ->
                    changed(
                        node.swim().step(input, now),
                        packet ->
                            input instanceof Input.Received(var from, _) && from.equals(stranger)
                                ? new Packet(packet.from(), packet.body(), all(node))
                                : packet)),
        cluster -> {
          var ping = new Packet.Ping(1, new Packet.Anybody());
          var question = new Packet(id("stranger", 1), ping, List.of());
          var asked = new Input.Received(stranger, question);
          cluster.simulation().after(SOON, () -> cluster.node("n0").input(asked));
          cluster.simulation().runFor(LATE);
        });
  }

  @Test
  void an_earlier_start_that_goes_on_beside_the_later_breaks_I10() {
    breaks(
        Law.I10,
        "n1#1 heard of one that goes before it, and goes on",
        cluster ->
            cluster.driveBy(
                (node, input, now) -> {
                  boolean deaf = node.id().equals(FIRST) && names(Heard.by(node, input), 7);
                  return node.swim().step(deaf ? new Input.Wake() : input, now);
                }),
        cluster -> {
          cluster.start(id("n1", 7), 9, List.of(GossipSim.address(0)));
          cluster.simulation().runFor(SOON);
        });
  }

  @Test
  void a_start_that_gives_way_to_nobody_breaks_I10() {
    breaks(
        Law.I10,
        "without need",
        cluster ->
            cluster.driveBy(
                (node, input, now) -> {
                  var effects = new ArrayList<>(node.swim().step(input, now));
                  if (node.id().equals(FIRST) && input instanceof Input.Publish) {
                    effects.add(new Effect.Superseded(id("n1", 2)));
                  }
                  return effects;
                }),
        cluster -> cluster.simulation().after(SOON, () -> publish(cluster.node("n1"))));
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, 3_600})
  void alarms_by_a_clock_on_the_wall_that_is_set_break_I11(long seconds) {
    breaks(
        Law.I11,
        "the clock of n1#1 was moved by",
        cluster ->
            cluster.clockBy(
                node -> {
                  long now = cluster.simulation().nowNanos();
                  boolean set = node.id().equals(FIRST) && now > SOON.toNanos();
                  return set ? now + Duration.ofSeconds(seconds).toNanos() : now;
                }),
        cluster -> cluster.simulation().runFor(LATE));
  }

  @Test
  void a_moment_that_gets_to_others_breaks_I11() {
    breaks(
        Law.I11,
        "tells that n3#1 is down for",
        cluster ->
            cluster.driveBy(
                (node, input, now) ->
                    node.swim().step(input, now).stream()
                        .map(effect -> momentTold(effect, node))
                        .toList()),
        cluster -> {
          cluster.leave(cluster.node("n3"));
          cluster.simulation().runFor(SOON);
          cluster.start(id("n5", 1), 5, List.of(GossipSim.address(0)));
          cluster.simulation().runFor(SOON);
        });
  }

  @Test
  void a_later_start_before_the_end_of_the_earlier_breaks_I12() {
    breaks(
        Law.I12,
        "n3#2 is up twice",
        cluster ->
            cluster.driveBy(
                (node, input, now) -> {
                  var effects = new ArrayList<>(node.swim().step(input, now));
                  if (node.id().equals(FIRST)) {
                    effects.removeIf(BrokenMachinesTest::losesSubject);
                  }
                  return effects;
                }),
        cluster -> {
          cluster.restart(cluster.node("n3"), others());
          cluster.simulation().runFor(SOON);
        });
  }

  /** The same happens to a sound cluster and to one with the flaw, and only there is it seen. */
  private static void breaks(
      Law law, String saying, Consumer<GossipSim> flaw, Consumer<GossipSim> what) {
    var sound = cluster(_ -> {});
    assertThatCode(() -> happens(sound, what)).doesNotThrowAnyException();

    var flawed = cluster(flaw);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> happens(flawed, what))
        .satisfies(
            error -> {
              var lines = String.valueOf(error.getMessage()).lines().toList();
              assertThat(lines.getFirst())
                  .matches("seed 7, at \\d+\\.\\d{3} s: " + law + ": .*")
                  .contains(saying);
              assertThat(lines).anyMatch(line -> line.matches(" +\\d+\\.\\d{6}  n0#1: up n3#1 v0"));
            });
  }

  private static void happens(GossipSim cluster, Consumer<GossipSim> what) {
    cluster.startCold(4, 4);
    cluster.simulation().runFor(Duration.ofSeconds(2));
    what.accept(cluster);
    cluster.simulation().runFor(LATE);
  }

  private static GossipSim cluster(Consumer<GossipSim> flaw) {
    var simulation = new Simulation(7);
    var cluster =
        new GossipSim(simulation, new SimNetwork<>(simulation, Link.lan()), GossipOptions.lan());
    cluster.observe(new GossipInvariants(cluster));
    flaw.accept(cluster);
    return cluster;
  }

  private static void contradictNothing(GossipSim cluster) {
    cluster.driveBy(
        (node, input, now) ->
            node.swim()
                .step(
                    node.id().equals(SUBJECT)
                        ? without(input, news -> news.about().equals(SUBJECT))
                        : input,
                    now));
  }

  /** Whoever is asked answers, there or not. */
  private static List<Effect> answered(GossipSim cluster, SimNode node, Input input, long now) {
    var effects = node.swim().step(input, now);
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send(var to, Packet packet)
          && packet.body() instanceof Packet.Ping(long sequence, _)
          && to.equals(cluster.node("n3").address())) {
        var answer = new Packet(SUBJECT, new Packet.Ack(sequence, SUBJECT), List.of());
        cluster
            .simulation()
            .after(Duration.ofMillis(1), () -> node.input(new Input.Received(to, answer)));
      }
    }
    return effects;
  }

  /** Nothing over streams, and in packets nothing of the subject. */
  private static List<Effect> kept(List<Effect> effects) {
    return changed(
        effects.stream()
            .filter(effect -> !(effect instanceof Effect.Open))
            .filter(effect -> !(effect instanceof Effect.Say))
            .toList(),
        packet ->
            new Packet(
                packet.from(),
                packet.body(),
                packet.rumors().stream().filter(news -> !news.about().equals(SUBJECT)).toList()));
  }

  private static List<Effect> changed(List<Effect> effects, UnaryOperator<Packet> change) {
    return effects.stream()
        .map(
            effect ->
                effect instanceof Effect.Send(InetSocketAddress to, Packet packet)
                    ? new Effect.Send(to, change.apply(packet))
                    : effect)
        .toList();
  }

  private static List<Effect> retold(List<Effect> effects, UnaryOperator<Rumor> change) {
    return changed(
        effects,
        packet ->
            new Packet(
                packet.from(), packet.body(), packet.rumors().stream().map(change).toList()));
  }

  private static Rumor raised(Rumor news) {
    if (isUpdate(news) && news instanceof Rumor.Told(Member told)) {
      return new Rumor.Told(
          new Member(
              told.id(), told.gossipAddress(), told.state(), told.version() + 1, told.metadata()));
    }
    return news;
  }

  private static Rumor doubled(Rumor news) {
    if (news instanceof Rumor.Accused(NodeId about, long version, var state, var accusers)) {
      var twice = new ArrayList<>(accusers);
      twice.addAll(accusers);
      return new Rumor.Accused(about, version, state, twice);
    }
    return news;
  }

  private static boolean losesSubject(List<Effect> effects) {
    return effects.stream().anyMatch(BrokenMachinesTest::losesSubject);
  }

  private static boolean losesSubject(Effect effect) {
    return effect instanceof Effect.Announce(MemberEvent.Down(Member member))
        && member.id().equals(SUBJECT);
  }

  private static Member subject(GossipSim cluster) {
    return cluster.node("n3").swim().self();
  }

  private static long now(GossipSim cluster) {
    return cluster.simulation().nowNanos();
  }

  private static Effect momentTold(Effect effect, SimNode node) {
    if (effect instanceof Effect.Say(long stream, StreamMessage.Rows rows, boolean last)) {
      var wrong =
          rows.rows().stream()
              .map(
                  known ->
                      known.member().id().equals(SUBJECT)
                          ? new StreamMessage.Known(
                              known.member(), Math.abs(node.steppedAtNanos() / 1_000_000))
                          : known)
              .toList();
      return new Effect.Say(stream, new StreamMessage.Rows(rows.from(), wrong, rows.wants()), last);
    }
    return effect;
  }

  private static Input without(Input input, Predicate<Rumor> which) {
    return switch (input) {
      case Input.Received(var source, Packet packet) ->
          new Input.Received(
              source,
              new Packet(
                  packet.from(),
                  packet.body(),
                  packet.rumors().stream().filter(which.negate()).toList()));
      case Input.StreamHeard(long stream, StreamMessage.Rows rows) ->
          new Input.StreamHeard(
              stream,
              new StreamMessage.Rows(
                  rows.from(),
                  rows.rows().stream()
                      .filter(known -> !which.test(new Rumor.Told(known.member())))
                      .toList(),
                  rows.wants()));
      default -> input;
    };
  }

  private static boolean isUpdate(Rumor news) {
    return news.about().equals(SUBJECT) && news.version() > 0;
  }

  private static boolean names(Heard heard, long incarnation) {
    return heard.from().filter(from -> from.incarnation() == incarnation).isPresent()
        || heard.news().stream().anyMatch(news -> news.about().incarnation() == incarnation);
  }

  /** A row of a member that is some versions ahead of what it ever said. */
  private static Input dream(GossipSim cluster) {
    var self = cluster.node("n3").swim().self();
    var told = new Member(self.id(), self.gossipAddress(), MemberState.ALIVE, 9, self.metadata());
    var sender = cluster.node("n2");
    return new Input.Received(
        sender.address(),
        new Packet(sender.id(), new Packet.News(), List.of(new Rumor.Told(told))));
  }

  private static List<Rumor> all(SimNode node) {
    return node.swim().members().stream().<Rumor>map(Rumor.Told::new).toList();
  }

  private static void publish(GossipSim cluster) {
    publish(cluster.node("n3"));
  }

  private static void publish(SimNode node) {
    node.input(new Input.Publish(node.swim().self().metadata().asLeaving()));
  }

  private static List<InetSocketAddress> others() {
    return List.of(GossipSim.address(0), GossipSim.address(1), GossipSim.address(2));
  }

  private static NodeId id(String name, long incarnation) {
    return new NodeId(new NodeName(name), incarnation);
  }
}
