package io.roster.testkit.gossip;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Input;
import io.roster.testkit.sim.Link;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Does random harm to a simulated cluster, then mends what can be mended. */
public final class RandomFaults {

  private static final Link HARMED = Link.lan().losing(0.2).doubling(0.1);

  private final GossipSim cluster;
  private final RandomGenerator random;

  /** Harm by the cluster's seed. */
  public RandomFaults(GossipSim cluster) {
    this.cluster = cluster;
    this.random = cluster.simulation().fork();
  }

  /** Does harm for a while, every few hundred milliseconds. */
  public void runFor(Duration time) {
    long until = cluster.simulation().nowNanos() + time.toNanos();
    while (cluster.simulation().nowNanos() < until) {
      harm();
      cluster.simulation().runFor(Duration.ofMillis(random.nextLong(50, 2_500)));
    }
  }

  /** Ends cuts, loss and pauses. Who is gone stays gone. */
  public void mend() {
    note("all is mended");
    cluster.network().heal();
    cluster.network().behave(Link.lan());
    for (SimNode node : cluster.nodes()) {
      if (node.state() == SimNode.State.PAUSED) {
        node.become(SimNode.State.RUNNING);
      }
    }
  }

  private void harm() {
    var running = cluster.running();
    switch (random.nextInt(12)) {
      case 0 -> ifSpare(running, cluster::crash);
      case 1 -> ifSpare(running, cluster::kill);
      case 2 -> ifSpare(running, cluster::leave);
      case 3, 4 -> restartOne();
      case 5 -> split();
      case 6 -> {
        note("the splits heal");
        cluster.network().heal();
      }
      case 7 -> cutOneWay();
      case 8 ->
          any(running, node -> cluster.pause(node, Duration.ofMillis(random.nextLong(50, 8_000))));
      case 9 -> {
        boolean worse = random.nextBoolean();
        note(worse ? "datagrams are lost and doubled" : "the network is good");
        cluster.network().behave(worse ? HARMED : Link.lan());
      }
      case 10 -> any(running, this::publish);
      default -> any(running, this::mistrust);
    }
  }

  private void split() {
    var addresses = new ArrayList<InetSocketAddress>();
    cluster.nodes().forEach(node -> addresses.add(node.address()));
    Collections.shuffle(addresses, new Random(random.nextLong()));
    int at = random.nextInt(addresses.size());
    note("split into " + at + " and " + (addresses.size() - at));
    cluster
        .network()
        .split(
            List.of(
                List.copyOf(addresses.subList(0, at)),
                List.copyOf(addresses.subList(at, addresses.size()))));
  }

  private void cutOneWay() {
    var all = List.copyOf(cluster.nodes());
    var from = all.get(random.nextInt(all.size()));
    var to = all.get(random.nextInt(all.size()));
    note("cut from " + from.name() + " to " + to.name());
    cluster.network().cutOneWay(from.address(), to.address());
  }

  private void restartOne() {
    var all = List.copyOf(cluster.nodes());
    var node = all.get(random.nextInt(all.size()));
    if (node.state() != SimNode.State.PAUSED) {
      cluster.restart(node, all.stream().map(SimNode::address).toList());
    }
  }

  private void publish(SimNode node) {
    var old = node.swim().self().metadata();
    node.input(
        new Input.Publish(
            new NodeMetadata(
                old.linkAddress(),
                old.arbiterAddress(),
                !old.arbiterReady(),
                old.leaving(),
                random.nextInt(1, 10),
                old.roles())));
  }

  private void mistrust(SimNode node) {
    var all = List.copyOf(cluster.nodes());
    NodeName other = all.get(random.nextInt(all.size())).name();
    node.input(new Input.Check(other));
  }

  /** Half of the nodes stay, so that there is something left to converge. */
  private void ifSpare(List<SimNode> running, Consumer<SimNode> harm) {
    if (running.size() > (cluster.nodes().size() + 1) / 2) {
      any(running, harm);
    }
  }

  private void any(List<SimNode> nodes, Consumer<SimNode> harm) {
    if (!nodes.isEmpty()) {
      harm.accept(nodes.get(random.nextInt(nodes.size())));
    }
  }

  private void note(String line) {
    cluster.simulation().note(line);
  }
}
