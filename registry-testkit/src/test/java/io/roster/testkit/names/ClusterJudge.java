package io.roster.testkit.names;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What must hold of the names of a simulated cluster once it is quiet. */
final class ClusterJudge {

  private final ClusterSim cluster;
  private final List<ProcessName> names;

  ClusterJudge(ClusterSim cluster, List<ProcessName> names) {
    this.cluster = cluster;
    this.names = names;
  }

  /** After every event: nobody is told twice. */
  void nobodyIsToldTwice() {
    for (var start : cluster.starts()) {
      for (var holding : start.holdings()) {
        require(holding.timesTold() <= 1, "told twice: " + holding);
      }
    }
  }

  /** Within each side: one owner for each name at most, and every node of the side says so. */
  void eachSideAgrees(Collection<? extends Collection<NodeName>> sides) {
    for (var side : sides) {
      var nodes =
          cluster.running().stream().filter(node -> side.contains(node.id().name())).toList();
      if (!nodes.isEmpty()) {
        names.forEach(name -> agrees(nodes, name));
      }
    }
  }

  private static void agrees(List<SimNames> nodes, ProcessName name) {
    var holders = new ArrayList<Holding>();
    for (var node : nodes) {
      for (var holding : node.holdings()) {
        if (holding.name().equals(name) && holding.state() == Holding.State.GRANTED) {
          holders.add(holding);
        }
      }
    }
    var answers = new TreeSet<String>();
    nodes.forEach(node -> answers.add(node.whereis(name).map(Object::toString).orElse("nobody")));
    require(holders.size() <= 1, "several owners on one side: " + holders);
    require(answers.size() <= 1, "replicas differ on " + name + ": " + answers);
    var expected = holders.isEmpty() ? "nobody" : holders.getFirst().pid().toString();
    require(
        answers.contains(expected),
        "%s is held by %s, replicas say %s".formatted(name, expected, answers));
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
