package io.roster.testkit.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.testkit.sim.Link;
import io.roster.testkit.sim.SeedRange;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gossip of small clusters, fault by fault, each under several seeds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipSimTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  static LongStream seeds() {
    return SeedRange.seeds(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nodes_that_start_together_find_each_other(long seed) {
    var cluster = cluster(seed, 0.01);

    cluster.startCold(5, 1);

    var took = converge(cluster);
    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_crash_is_seen_by_all(long seed) {
    var cluster = joined(seed, 5);

    cluster.crash(cluster.node("n3"));

    var took = until(cluster, "n3 dead", () -> allSee(cluster, "n3", MemberState.DEAD));
    assertThat(took).isLessThan(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_process_that_died_on_a_live_host_is_seen_sooner(long seed) {
    var cluster = joined(seed, 5);

    cluster.kill(cluster.node("n3"));

    var took = until(cluster, "n3 dead", () -> allSee(cluster, "n3", MemberState.DEAD));
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void who_leaves_is_gone_at_once_and_not_dead(long seed) {
    var cluster = joined(seed, 5);

    cluster.leave(cluster.node("n3"));

    var took = until(cluster, "n3 gone", () -> allSee(cluster, "n3", MemberState.LEFT));
    assertThat(took).isLessThan(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_split_longer_than_every_timer_heals_without_a_seed(long seed) {
    var cluster = joined(seed, 5);
    var simulation = cluster.simulation();
    cluster.network().split(List.of(addresses(0, 1), addresses(2, 3, 4)));
    // An hour once; minutes are longer than every timer too.
    simulation.runFor(seed == 1 ? Duration.ofHours(1) : Duration.ofMinutes(3));
    assertThat(cluster.node("n0").swim().upCount()).isEqualTo(2);
    assertThat(cluster.node("n4").swim().upCount()).isEqualTo(3);

    cluster.network().heal();

    var took = converge(cluster);
    assertThat(took).isLessThan(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_heal_costs_neither_side_its_own_members(long seed) {
    var cluster = joined(seed, 6);
    cluster.network().split(List.of(addresses(0, 1, 2), addresses(3, 4, 5)));
    cluster.simulation().runFor(Duration.ofSeconds(10));
    var downs = losses(cluster);

    cluster.network().heal();
    converge(cluster);

    assertThat(downs).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_split_heals_within_three_seconds_of_its_end(long seed) {
    var cluster = joined(seed, 10);
    cluster.network().split(List.of(addresses(0, 1, 2, 3), addresses(4, 5, 6, 7, 8, 9)));
    cluster.simulation().runFor(Duration.ofSeconds(10));

    cluster.network().heal();

    assertThat(converge(cluster)).isLessThan(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_gossip_misses_of_a_heal_is_found_when_it_has_settled(long seed) {
    // So little is told, and so much of it lost, that somebody misses something, which takes a
    // comparison or several; else views are compared once in an hour.
    var options =
        GossipOptions.lan()
            .withDissemination(news -> news.withRetransmitMultiplier(1))
            .withPushPull(compare -> compare.withInterval(Duration.ofHours(1)));
    var cluster = cluster(seed, 0.2, options);
    cluster.startJoined(40);
    cluster.simulation().runFor(Duration.ofSeconds(1));
    var smaller = IntStream.range(0, 16).mapToObj(GossipSim::address).toList();
    var larger = IntStream.range(16, 40).mapToObj(GossipSim::address).toList();
    cluster.network().split(List.of(smaller, larger));
    cluster.simulation().runFor(Duration.ofSeconds(10));

    cluster.network().heal();

    assertThat(converge(cluster)).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_node_that_does_not_hear_itself_accuses_nobody(long seed) {
    var cluster = joined(seed, 10);
    var lost = losses(cluster);

    cluster.block(cluster.node("n3"), Duration.ofSeconds(20));
    cluster.simulation().runFor(Duration.ofSeconds(25));

    // The others rightly took it for dead.
    assertThat(lost).isNotEmpty().allMatch(line -> line.endsWith("lost n3#1"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_node_that_hears_nothing_or_is_not_heard_accuses_nobody(long seed) {
    var cluster = joined(seed, 10);
    var lost = losses(cluster);

    cluster.deafen(cluster.node("n3"), Duration.ofSeconds(20));
    cluster.mute(cluster.node("n5"), Duration.ofSeconds(20));
    cluster.simulation().runFor(Duration.ofSeconds(19));
    assertThat(lost)
        .isNotEmpty()
        .allMatch(line -> line.endsWith("lost n3#1") || line.endsWith("lost n5#1"));

    converge(cluster);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nodes_that_starve_together_lose_nobody(long seed) {
    var cluster = joined(seed, 5);
    var lost = losses(cluster);
    var random = cluster.simulation().random();

    for (int turn = 0; turn < 300; turn++) {
      for (SimNode node : cluster.nodes()) {
        cluster.pause(node, Duration.ofMillis(random.nextLong(20, 600)));
      }
      cluster.simulation().runFor(Duration.ofMillis(random.nextLong(10, 100)));
    }

    assertThat(lost).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_link_cut_between_two_members_accuses_neither(long seed) {
    var cluster = joined(seed, 5);
    cluster.network().cut(GossipSim.address(0), GossipSim.address(1));

    cluster.simulation().runFor(Duration.ofSeconds(20));

    assertThat(cluster.running())
        .allSatisfy(node -> assertThat(node.swim().upCount()).isEqualTo(5));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_restart_under_the_same_name_replaces_the_old_start(long seed) {
    var cluster = joined(seed, 4);

    var again = cluster.restart(cluster.node("n2"), addresses(0));

    converge(cluster);
    assertThat(cluster.node("n0").swim().member(new NodeName("n2")).orElseThrow().id())
        .isEqualTo(again.id());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void when_all_restart_at_once_all_find_each_other(long seed) {
    var cluster = joined(seed, 5);
    cluster.simulation().runFor(Duration.ofSeconds(2));

    List.copyOf(cluster.nodes()).forEach(node -> cluster.restart(node, addresses(0)));

    assertThat(converge(cluster)).isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void of_two_processes_with_one_name_the_later_start_stays(long seed) {
    var cluster = joined(seed, 3);
    var name = new NodeName("n1");
    var first = cluster.node("n1");

    var second = cluster.start(new NodeId(name, 7), 9, addresses(0));

    until(cluster, "the first replaced", () -> first.state() == SimNode.State.LEFT);
    converge(cluster);
    assertThat(cluster.node("n0").swim().member(name).orElseThrow().id()).isEqualTo(second.id());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void of_two_processes_with_one_name_and_one_incarnation_the_greater_address_stays(long seed) {
    var cluster = joined(seed, 3);
    var first = cluster.node("n1");

    var twin = cluster.start(first.id(), 9, addresses(0));

    until(cluster, "the first replaced", () -> first.state() == SimNode.State.LEFT);
    converge(cluster);
    assertThat(twin.isRunning()).isTrue();
    assertThat(cluster.node("n0").swim().member(first.name()).orElseThrow().gossipAddress())
        .isEqualTo(twin.address());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void two_processes_with_one_name_and_one_incarnation_meet_with_nobody_else_there(long seed) {
    var cluster = joined(seed, 1);
    var first = cluster.node("n0");
    // So that the second one's first attempt fails.
    cluster.deafen(first, Duration.ofSeconds(3));

    var twin = cluster.start(first.id(), 9, addresses(0));

    until(
        cluster,
        "one replaced",
        () -> first.state() == SimNode.State.LEFT || twin.state() == SimNode.State.LEFT);
    assertThat(cluster.simulation().trace().toString()).contains("is replaced by n0#1");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_goodbye_is_final_for_each_process_with_the_name_and_incarnation(long seed) {
    var cluster = joined(seed, 3);
    var first = cluster.node("n1");
    cluster.leave(first);
    cluster.simulation().runFor(Duration.ofSeconds(1));

    var twin = cluster.start(first.id(), 9, addresses(0));

    until(cluster, "the second replaced", () -> twin.state() == SimNode.State.LEFT);
    converge(cluster);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void it_is_all_the_same_where_the_clocks_of_the_nodes_begin(long seed) {
    var runs = new ArrayList<String>();
    for (long origin : new long[] {0, -Duration.ofDays(400).toNanos()}) {
      var cluster = cluster(seed, 0.01);
      cluster.clockBy(_ -> cluster.simulation().nowNanos() + origin);
      cluster.startCold(4, 1);
      cluster.simulation().runFor(Duration.ofSeconds(2));
      cluster.crash(cluster.node("n3"));
      cluster.simulation().runFor(Duration.ofSeconds(5));
      runs.add(cluster.simulation().trace().toString());
    }

    assertThat(runs.getFirst()).isEqualTo(runs.getLast()).contains("down n3#1 DEAD");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_node_that_stood_still_accuses_nobody_and_is_back_soon(long seed) {
    var cluster = joined(seed, 5);
    var stopped = cluster.node("n2");
    var accused = new ArrayList<String>();
    cluster.pause(stopped, Duration.ofSeconds(90));
    cluster.simulation().runFor(Duration.ofMillis(89_999));
    cluster.observe(
        (node, _, effects) -> {
          for (Effect effect : effects) {
            if (effect instanceof Effect.Announce(MemberEvent.Down(var member))) {
              accused.add(node.id() + " lost " + member.id());
            }
          }
        });

    var took = converge(cluster);

    assertThat(took).isLessThan(Duration.ofSeconds(4));
    assertThat(accused).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void five_percent_loss_makes_nobody_dead(long seed) {
    var cluster = cluster(seed, 0.05);
    cluster.startJoined(10);
    var dead = new ArrayList<NodeId>();
    cluster.observe(
        (_, _, effects) -> {
          for (Effect effect : effects) {
            if (effect instanceof Effect.Announce(MemberEvent.Down(var member))) {
              dead.add(member.id());
            }
          }
        });

    cluster.simulation().runFor(LONG);

    assertThat(dead).isEmpty();
  }

  @Test
  void once_suspected_a_crash_is_mostly_seen_by_all_in_the_least_time_though_a_tenth_is_lost() {
    var took = LongStream.rangeClosed(1, 20).mapToObj(GossipSimTest::suspectedToDead).sorted();

    var options = GossipOptions.lan();
    var least = options.suspicion().least(30, options.probes().interval());
    assertThat(took.skip(10).findFirst().orElseThrow())
        .isLessThan(least.plus(options.probes().interval()));
  }

  private static Duration suspectedToDead(long seed) {
    var cluster = cluster(seed, 0.1);
    cluster.startJoined(30);
    cluster.simulation().runFor(Duration.ofSeconds(1));
    cluster.crash(cluster.node("n3"));
    until(cluster, "n3 suspected", () -> anySees(cluster, "n3", MemberState.SUSPECT));
    return until(cluster, "n3 dead", () -> allSee(cluster, "n3", MemberState.DEAD));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.3})
  void load_grows_gently_with_loss(double lost) {
    long usual = quietLoad(0.01);

    assertThat(quietLoad(lost)).isLessThan((lost > 0.2 ? 6 : 3) * usual);
  }

  private static long quietLoad(double lost) {
    var cluster = cluster(1, lost);
    cluster.startJoined(50);
    cluster.simulation().runFor(Duration.ofSeconds(6));
    return cluster.nodes().stream().mapToLong(SimNode::bytes).sum();
  }

  private static List<String> losses(GossipSim cluster) {
    var lost = new ArrayList<String>();
    cluster.observe(
        (node, _, effects) -> {
          for (Effect effect : effects) {
            if (effect instanceof Effect.Announce(MemberEvent.Down(var member))) {
              lost.add(node.id() + " lost " + member.id());
            }
          }
        });
    return lost;
  }

  private static GossipSim joined(long seed, int nodes) {
    var cluster = cluster(seed, 0.01);
    cluster.startJoined(nodes);
    cluster.simulation().runFor(Duration.ofSeconds(1));
    return cluster;
  }

  private static GossipSim cluster(long seed, double loss) {
    return cluster(seed, loss, GossipOptions.lan());
  }

  private static GossipSim cluster(long seed, double loss, GossipOptions options) {
    var simulation = new Simulation(seed);
    var cluster =
        new GossipSim(simulation, new SimNetwork<>(simulation, Link.lan().losing(loss)), options);
    cluster.observe(new GossipInvariants(cluster));
    return cluster;
  }

  private static List<InetSocketAddress> addresses(int... indexes) {
    return IntStream.of(indexes).mapToObj(GossipSim::address).toList();
  }

  private static boolean allSee(GossipSim cluster, String name, MemberState state) {
    return cluster.running().stream()
        .allMatch(node -> node.swim().member(new NodeName(name)).orElseThrow().state() == state);
  }

  private static boolean anySees(GossipSim cluster, String name, MemberState state) {
    return cluster.running().stream()
        .anyMatch(node -> node.swim().member(new NodeName(name)).orElseThrow().state() == state);
  }

  private static Duration converge(GossipSim cluster) {
    return cluster.converge(LONG);
  }

  private static Duration until(
      GossipSim cluster, String goal, java.util.function.BooleanSupplier reached) {
    return cluster.simulation().runUntil(goal, LONG, reached);
  }
}
