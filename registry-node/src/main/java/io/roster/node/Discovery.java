package io.roster.node;

import io.roster.core.identity.NodeName;
import io.roster.core.time.Ticker;
import io.roster.net.membership.discovery.DnsSeeds;
import io.roster.net.membership.discovery.MulticastSeeds;
import io.roster.net.membership.discovery.SeedName;
import io.roster.net.membership.udp.SeedDiscovery;
import io.roster.node.config.ClusterOptions;
import io.roster.node.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Every way in which one node finds seeds, together. Thread-safe. */
final class Discovery implements SeedDiscovery, AutoCloseable {

  private final DnsSeeds names;
  private final Optional<MulticastSeeds> multicast;

  private Discovery(DnsSeeds names, Optional<MulticastSeeds> multicast) {
    this.names = names;
    this.multicast = multicast;
  }

  /**
   * Begins to listen where there is something to listen to; names are looked up when seeds are
   * asked for.
   *
   * @param local the address that others are told, which is on the segment for multicast
   */
  static Discovery open(NodeName node, ClusterOptions cluster, InetAddress local)
      throws IOException {
    var names = new ArrayList<SeedName>();
    cluster.seeds().forEach(seed -> names.add(new SeedName.Host(seed.host(), seed.port())));
    var options = cluster.discovery();
    options.srv().forEach(name -> names.add(new SeedName.Srv(name)));
    Optional<InetSocketAddress> server = Optional.empty();
    if (options.dnsServer().isPresent()) {
      server = Optional.of(options.dnsServer().get().resolve());
    }
    Optional<MulticastSeeds> multicast = Optional.empty();
    if (options.multicast().isPresent()) {
      HostPort group = options.multicast().get();
      multicast =
          Optional.of(
              MulticastSeeds.open(node, group.resolve(), local, cluster.name(), Ticker.SYSTEM));
    }
    return new Discovery(new DnsSeeds(node, names, server), multicast);
  }

  /** Tells others where this node gossips, if there is a way to. */
  void announce(InetSocketAddress gossip) {
    multicast.ifPresent(seeds -> seeds.announce(gossip.getPort()));
  }

  @Override
  public List<InetSocketAddress> find() {
    var found = new LinkedHashSet<>(names.find());
    multicast.ifPresent(seeds -> found.addAll(seeds.find()));
    return List.copyOf(found);
  }

  @Override
  public void close() {
    names.close();
    multicast.ifPresent(MulticastSeeds::close);
  }
}
