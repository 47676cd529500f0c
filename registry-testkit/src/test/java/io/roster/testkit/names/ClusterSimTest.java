package io.roster.testkit.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import io.roster.testkit.sim.SeedRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gossip and names together, from one seed each; {@code -Dsim.seed=42} runs one again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClusterSimTest {

  private static final Duration QUIET = Duration.ofSeconds(30);

  /* Longer than the interval at which tables write everything back to the arbiter. */
  private static final Duration REPAIRED = Duration.ofSeconds(100);

  private static final List<ProcessName> NAMES =
      IntStream.range(0, 8).mapToObj(i -> new ProcessName("name-" + i)).toList();

  static LongStream seeds() {
    return SeedRange.seeds(200);
  }

  static LongStream fewSeeds() {
    return SeedRange.seeds(30);
  }

  // case 29, case 31, case 55
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void names_have_one_owner_on_each_side_and_one_in_all_after_the_heal(long seed) {
    var cluster = ClusterSim.of(seed, 3 + (int) (seed % 4), seed % 3 == 0 ? 0.02 : 0);
    var simulation = cluster.simulation();
    var random = simulation.fork();
    var judge = new ClusterJudge(cluster, NAMES);
    simulation.invariant("told once", judge::nobodyIsToldTwice);

    work(cluster, random, 20);
    simulation.runFor(QUIET);
    judge(cluster, judge, List.of(nodes(cluster)));

    for (int round = 0; round < 2; round++) {
      var sides = sides(cluster, random);
      cluster.split(sides);
      work(cluster, random, 30);
      if (random.nextBoolean()) {
        simulation.runFor(REPAIRED);
        judge(cluster, judge, sides);
        work(cluster, random, 20);
      }
      cluster.heal();
      work(cluster, random, 10);
    }
    simulation.runFor(REPAIRED);
    judge(cluster, judge, List.of(nodes(cluster)));
    assertThat(cluster.gossip().isConverged()).isTrue();
  }

  // case 33
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void a_split_without_any_change_changes_nothing(long seed) {
    var cluster = ClusterSim.of(seed, 4, 0);
    var simulation = cluster.simulation();
    var judge = new ClusterJudge(cluster, NAMES);
    NAMES.forEach(name -> cluster.running().get(name.hashCode() & 3).claim(name));
    simulation.runFor(QUIET);

    cluster.split(sides(cluster, simulation.fork()));
    simulation.runFor(Duration.ofSeconds(1 + seed % 90));
    cluster.heal();
    simulation.runFor(QUIET);

    judge(cluster, judge, List.of(nodes(cluster)));
    assertThat(cluster.starts().stream().flatMap(start -> start.holdings().stream()))
        .hasSize(NAMES.size())
        .allMatch(holding -> holding.state() == Holding.State.GRANTED);
  }

  /* Random work of random nodes, with up to a second between one step and the next. */
  private static void work(ClusterSim cluster, RandomGenerator random, int steps) {
    for (int i = 0; i < steps; i++) {
      var running = cluster.running();
      var node = running.get(random.nextInt(running.size()));
      var name = NAMES.get(random.nextInt(NAMES.size()));
      switch (random.nextInt(20)) {
        case 0 -> crashAndRestart(cluster, node, random);
        case 1, 2, 3 -> node.giveUp(name);
        case 4, 5 -> node.end(name);
        default -> node.claim(name);
      }
      cluster.simulation().runFor(Duration.ofMillis(random.nextInt(1_000)));
    }
  }

  private static void crashAndRestart(ClusterSim cluster, SimNames node, RandomGenerator random) {
    if (cluster.running().size() > 2) {
      cluster.crash(node);
      cluster
          .simulation()
          .after(Duration.ofMillis(random.nextInt(8_000)), () -> cluster.restart(node));
    }
  }

  private static void judge(ClusterSim cluster, ClusterJudge judge, List<List<NodeName>> sides) {
    try {
      judge.eachSideAgrees(sides);
    } catch (AssertionError e) {
      throw cluster.simulation().failure(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<NodeName> nodes(ClusterSim cluster) {
    return cluster.gossip().nodes().stream().map(node -> node.name()).toList();
  }

  private static List<List<NodeName>> sides(ClusterSim cluster, RandomGenerator random) {
    int count = 2 + random.nextInt(2);
    var sides = new ArrayList<List<NodeName>>();
    IntStream.range(0, count).forEach(_ -> sides.add(new ArrayList<>()));
    for (var name : nodes(cluster)) {
      sides.get(random.nextInt(count)).add(name);
    }
    sides.removeIf(List::isEmpty);
    return sides;
  }
}
