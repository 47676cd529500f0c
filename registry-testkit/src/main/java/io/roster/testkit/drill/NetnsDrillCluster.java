package io.roster.testkit.drill;

import io.roster.testkit.cluster.JvmCluster;
import io.roster.testkit.cluster.JvmLaunch;
import io.roster.testkit.cluster.JvmNode;
import io.roster.testkit.cluster.ReadyLine;
import io.roster.testkit.network.NetnsNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Real nodes: a JVM each, in a network namespace each. */
public final class NetnsDrillCluster {

  private NetnsDrillCluster() {}

  /**
   * Starts one node on each host of a new network.
   *
   * @param logs the folder for the nodes' logs
   * @throws IllegalStateException if this machine does not allow it
   */
  public static DrillCluster start(Split split, History history, Path logs) {
    return start(split, history, logs, NetnsNetwork::heal);
  }

  /**
   * The same with another way to heal.
   *
   * @param healing makes the network whole; a test may do less
   */
  static DrillCluster start(
      Split split, History history, Path logs, Consumer<NetnsNetwork> healing) {
    var network = NetnsNetwork.open(split.nodes());
    try {
      var jvms = JvmCluster.open(logs, ReadyLine::is);
      var launches = NodeLaunches.inNamespaces(network, jvms.folder());
      return AgentDrillCluster.start(
          new Namespaces(network, jvms, launches, healing), split.nodes(), history);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** The hosts; what they are made of is closed with them. */
  private record Namespaces(
      NetnsNetwork network,
      JvmCluster jvms,
      List<JvmLaunch> launches,
      Consumer<NetnsNetwork> healing)
      implements DrillHosts {

    @Override
    public Node start(int number, Consumer<String> lines) {
      return new Jvm(jvms.start(launches.get(number - 1), lines));
    }

    @Override
    public void split(Split split) {
      network.split(split.sides());
    }

    @Override
    public void heal() {
      healing.accept(network);
    }

    @Override
    public void close() {
      jvms.close();
      network.close();
    }
  }

  /** One of them. */
  private record Jvm(JvmNode node) implements DrillHosts.Node {

    @Override
    public String name() {
      return node.name();
    }

    @Override
    public boolean isAlive() {
      return node.isAlive();
    }

    @Override
    public void awaitReady(Duration within) throws InterruptedException {
      node.awaitReady(within);
    }

    @Override
    public void writeLine(String line) {
      node.writeLine(line);
    }

    @Override
    public String logTail() {
      return node.logTail();
    }
  }
}
