package io.roster.testkit.gossip;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.udp.KnownAddresses;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What simulated nodes remember from one start to the next. Not thread-safe. */
public final class SimDisks {

  private final Map<NodeName, List<InetSocketAddress>> addresses = new HashMap<>();

  /** Where the others were when a node of this name wrote that down last. */
  public List<InetSocketAddress> of(NodeName name) {
    return addresses.getOrDefault(name, List.of());
  }

  /** Has a node write down where the others are or were; what is on its disk then. */
  public List<InetSocketAddress> save(SimNode node) {
    var known = KnownAddresses.merge(of(node.name()), node.swim().members(), node.name());
    addresses.put(node.name(), known);
    return known;
  }
}
