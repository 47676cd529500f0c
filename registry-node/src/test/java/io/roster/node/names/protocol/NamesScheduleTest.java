package io.roster.node.names.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.Resolver;
import io.roster.node.names.store.StoredName;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random schedules; the seed in the name of a failing test replays it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NamesScheduleTest {

  private static final String[] NODES = {"a", "b", "c", "d", "e"};
  private static final List<ProcessName> NAMES =
      Stream.of("n1", "n2", "n3", "n4", "n5", "n6").map(ProcessName::new).toList();

  static Stream<Long> seeds() {
    long only = Long.getLong("sim.seed", -1);
    return only >= 0
        ? Stream.of(only)
        : LongStream.range(0, Integer.getInteger("sim.seeds", 200)).boxed();
  }

  // case 31, case 55
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void after_the_last_heal_every_node_arbiter_and_process_agree(long seed) {
    var random = new SplittableRandom(seed * 7919 + 1);
    var resolver =
        List.of(Resolver.KEEP_OLDER, Resolver.KEEP_NEWER, Resolver.KEEP_NONE)
            .get(random.nextInt(3));
    var cluster = new SimNames(seed, resolver, NODES);
    cluster.lossRate = random.nextInt(3) * 0.02;
    cluster.storeFailureRate = random.nextInt(3) * 0.05;
    cluster.runFor(1_000);

    for (int i = 0; i < 80; i++) {
      act(cluster, random);
      cluster.runFor(random.nextInt(400));
    }
    for (var name : NODES) {
      if (!cluster.isRunning(name)) {
        cluster.start(name, 1_000);
      }
    }
    cluster.heal();
    cluster.lossRate = 0;
    cluster.storeFailureRate = 0;
    cluster.runFor(75_000);

    check(cluster);
  }

  private static void act(SimNames cluster, SplittableRandom random) {
    var nodeName = NODES[random.nextInt(NODES.length)];
    var node = cluster.on(nodeName);
    var name = NAMES.get(random.nextInt(NAMES.size()));
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        var pid = node.spawn();
        cluster.note(pid, "registers", name);
        node.register(name, pid);
      }
      case 4 -> {
        var pid = node.spawn();
        cluster.note(pid, "replaces", name);
        node.register(name, pid, new Input.Mode.Replace());
      }
      case 5 -> {
        var holder = node.published.get(name);
        if (holder != null) {
          var pid = node.spawn();
          cluster.note(pid, "takes", name, "from", holder.owner());
          node.register(name, pid, new Input.Mode.HandOver(holder.owner()));
        }
      }
      case 6, 7 -> {
        if (!node.alive.isEmpty()) {
          var pid = List.copyOf(node.alive).get(random.nextInt(node.alive.size()));
          cluster.note("kill", pid);
          node.kill(pid);
        }
      }
      case 8 -> {
        var holder = node.published.get(name);
        if (holder != null && holder.owner().node().equals(node.id)) {
          cluster.note(holder.owner(), "gives up", name);
          node.unregister(name, holder.owner());
        }
      }
      case 9 ->
          cluster.split(new TreeSet<>(List.of(nodeName, NODES[random.nextInt(NODES.length)])));
      case 10 -> cluster.heal();
      default -> {
        if (cluster.isRunning(nodeName)) {
          cluster.crash(nodeName);
        } else {
          cluster.start(nodeName, node.id.incarnation() + 1);
        }
      }
    }
  }

  private static void check(SimNames cluster) {
    var names = new TreeSet<ProcessName>();
    cluster.nodes().forEach(node -> names.addAll(node.published.keySet()));
    for (var name : names) {
      var owners = new HashSet<Claim>();
      cluster.nodes().forEach(node -> owners.add(node.published.get(name)));
      if (owners.size() > 1) {
        cluster.nodes().forEach(n -> cluster.note(n.id, n.table.claims(name), n.table.report()));
      }
      assertThat(owners).as(() -> "owners of " + name + ":\n" + cluster.trace()).hasSize(1);
      var claim = owners.iterator().next();
      var home = cluster.on(claim.owner().node().name().value());
      assertThat(home.alive)
          .as(() -> "the owner lives:\n" + cluster.trace())
          .contains(claim.owner());
      assertThat(cluster.store("a").read(name))
          .as(() -> "the arbiter agrees on " + name + ":\n" + cluster.trace())
          .contains(new StoredName.Held(claim));
    }
    for (var node : cluster.nodes()) {
      var report = node.table.report();
      assertThat(report.disputes()).as(cluster::trace).isZero();
      assertThat(report.backlog()).as(cluster::trace).isZero();
      assertThat(report.waiting()).as(cluster::trace).isZero();
      assertThat(node.told).as(cluster::trace).noneMatch(node.alive::contains);
    }
    for (var name : NAMES) {
      if (!names.contains(name)) {
        assertThat(cluster.store("a").read(name).filter(StoredName::isHeld))
            .as(() -> "nobody holds " + name + ":\n" + cluster.trace())
            .isEmpty();
      }
    }
  }
}
