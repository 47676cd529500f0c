package io.roster.testkit.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.testkit.sim.Link;
import io.roster.testkit.sim.SeedRange;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has been gone for long is forgotten, by everybody and for good. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ForgettingTest {

  private static final Duration REMEMBERED = Duration.ofSeconds(60);

  /** Nodes look once in a minute or so whom to forget. */
  private static final Duration LOOKED = Duration.ofSeconds(75);

  static LongStream seeds() {
    return SeedRange.seeds(10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_dead_and_the_departed_are_known_until_then_and_to_nobody_after_it(long seed) {
    var cluster = cluster(seed);
    cluster.startJoined(6);
    cluster.simulation().runFor(Duration.ofSeconds(1));
    cluster.crash(cluster.node("n3"));
    cluster.leave(cluster.node("n4"));

    cluster.simulation().runFor(REMEMBERED.minusSeconds(1));
    assertThat(cluster.running()).allMatch(node -> node.swim().members().size() == 6);

    cluster.simulation().runFor(LOOKED.plusSeconds(5));
    assertThat(cluster.running()).allMatch(node -> node.swim().members().size() == 4);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_has_happened_nobody_who_is_gone_is_known_in_the_end(long seed) {
    var cluster = cluster(seed);
    cluster.observe(new GossipInvariants(cluster));
    cluster.startCold(5, 5);
    var faults = new RandomFaults(cluster);
    faults.runFor(Duration.ofSeconds(25));
    faults.mend();
    cluster.calm();
    cluster.converge(Duration.ofSeconds(40));

    cluster.simulation().runFor(REMEMBERED.plus(LOOKED));

    assertThat(cluster.running())
        .allSatisfy(node -> assertThat(node.swim().members()).allMatch(Member::isUp));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void who_was_forgotten_is_met_again(long seed) {
    var cluster = cluster(seed);
    cluster.startJoined(4);
    cluster.simulation().runFor(Duration.ofSeconds(1));
    var gone = cluster.node("n3");
    cluster.crash(gone);
    cluster.simulation().runFor(REMEMBERED.plus(LOOKED));

    cluster.restart(gone, List.of(GossipSim.address(0)));

    assertThat(cluster.converge(Duration.ofSeconds(60))).isLessThan(Duration.ofSeconds(3));
  }

  private static GossipSim cluster(long seed) {
    var simulation = new Simulation(seed);
    var options =
        GossipOptions.lan().withReconnect(reconnect -> reconnect.withForgetAfter(REMEMBERED));
    return new GossipSim(
        simulation, new SimNetwork<>(simulation, Link.lan().losing(0.01)), options);
  }
}
