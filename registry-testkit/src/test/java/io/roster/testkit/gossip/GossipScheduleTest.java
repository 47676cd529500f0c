package io.roster.testkit.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import io.roster.testkit.sim.Link;
import io.roster.testkit.sim.SeedRange;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random schedules of every fault: the invariants hold at each step, and all views meet again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipScheduleTest {

  static LongStream seeds() {
    return SeedRange.seeds(200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_happens_all_views_are_equal_and_right_soon_after(long seed) {
    run(seed);
  }

  @Test
  void a_few_schedules_do_all_there_is_to_do() {
    var done = EnumSet.noneOf(Harm.class);
    for (long seed = 1; seed <= 20; seed++) {
      done.addAll(run(seed));
    }

    assertThat(done).containsExactly(Harm.values());
  }

  private static Set<Harm> run(long seed) {
    var simulation = new Simulation(seed);
    var cluster =
        new GossipSim(simulation, new SimNetwork<>(simulation, Link.lan()), GossipOptions.lan());
    cluster.observe(new GossipInvariants(cluster));
    int nodes = simulation.random().nextInt(2, 9);
    cluster.startCold(nodes, nodes);
    var faults = new RandomFaults(cluster);

    faults.runFor(Duration.ofSeconds(25));
    faults.mend();

    cluster.calm();
    cluster.converge(Duration.ofSeconds(40));
    return faults.done().keySet();
  }
}
