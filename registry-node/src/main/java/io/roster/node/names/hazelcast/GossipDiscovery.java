package io.roster.node.names.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import com.hazelcast.spi.discovery.integration.DiscoveryService;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells Hazelcast whom gossip sees alive with a member that has joined: to join at the start, and
 * to look for the other side after a split. Dead ones are left out, for each costs seconds to find
 * silent.
 */
final class GossipDiscovery implements DiscoveryService {

  private final Supplier<List<InetSocketAddress>> ready;

  GossipDiscovery(Supplier<List<InetSocketAddress>> ready) {
    this.ready = ready;
  }

  @Override
  public Iterable<DiscoveryNode> discoverNodes() {
    var nodes = new ArrayList<DiscoveryNode>();
    for (var address : ready.get()) {
      nodes.add(new SimpleDiscoveryNode(new Address(address)));
    }
    return nodes;
  }

  @Override
  public Map<String, String> discoverLocalMetadata() {
    return Map.of();
  }

  @Override
  public void start() {}

  @Override
  public void destroy() {}
}
