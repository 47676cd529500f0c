package io.roster.testkit.gossip;

import io.roster.testkit.sim.Link;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Harm to the network between the nodes. Each says whether it could be done. */
final class LinkFaults {

  private final GossipSim cluster;
  private final RandomGenerator random;

  LinkFaults(GossipSim cluster, RandomGenerator random) {
    this.cluster = cluster;
    this.random = random;
  }

  /** Two parts, of which one may be empty, or three. */
  boolean split() {
    var addresses = addresses();
    Collections.shuffle(addresses, new Random(random.nextLong()));
    int parts = random.nextInt(2, 4);
    var sides = new ArrayList<List<InetSocketAddress>>();
    int from = 0;
    for (int part = 1; part < parts; part++) {
      int to = from + random.nextInt(addresses.size() - from + 1);
      sides.add(List.copyOf(addresses.subList(from, to)));
      from = to;
    }
    sides.add(List.copyOf(addresses.subList(from, addresses.size())));
    note("split into " + sides.stream().map(List::size).toList());
    cluster.network().split(sides);
    return true;
  }

  boolean heal() {
    note("the splits heal");
    cluster.network().heal();
    return true;
  }

  boolean cutOneWay() {
    var from = any();
    var to = any();
    note("cut from " + from.id() + " to " + to.id());
    cluster.network().cutOneWay(from.address(), to.address());
    return true;
  }

  boolean cutBetweenTwo() {
    var left = any();
    var right = any();
    note("cut between " + left.id() + " and " + right.id());
    cluster.network().cut(left.address(), right.address());
    return true;
  }

  boolean cutOffOneWay() {
    var node = any();
    boolean deaf = random.nextBoolean();
    note("cut " + (deaf ? "from all to " : "to all from ") + node.id());
    for (InetSocketAddress other : addresses()) {
      if (deaf) {
        cluster.network().cutOneWay(other, node.address());
      } else {
        cluster.network().cutOneWay(node.address(), other);
      }
    }
    return true;
  }

  /** Loses and doubles datagrams, {@code burst} in a row on average. */
  boolean lose(double burst) {
    double share = random.nextDouble(0.05, 0.4);
    note("%.0f %% of datagrams are lost, %.0f in a row".formatted(share * 100, burst));
    cluster.network().behave(Link.lan().losing(share).inBursts(burst).doubling(0.1));
    return true;
  }

  boolean lossless() {
    note("the network is good");
    cluster.network().behave(Link.lan());
    return true;
  }

  void mend() {
    cluster.network().heal();
    cluster.network().behave(Link.lan());
  }

  private SimNode any() {
    var all = cluster.processes().toList();
    return all.get(random.nextInt(all.size()));
  }

  private List<InetSocketAddress> addresses() {
    return new ArrayList<>(cluster.processes().map(SimNode::address).toList());
  }

  private void note(String line) {
    cluster.simulation().note(line);
  }
}
