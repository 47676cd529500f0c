package io.roster.net.membership.discovery;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.udp.SeedDiscovery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seeds by names, looked up anew each time. While a name cannot be looked up, because its server is
 * away or knows it no more, it stands for what it last stood for: a seed too many costs a datagram
 * now and then, one too few may cost the cluster. All names are looked up at once, which blocks for
 * six seconds at most where DNS servers are asked, and otherwise for as long as this machine takes
 * for a name. Thread-safe.
 */
public final class DnsSeeds implements SeedDiscovery, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DnsSeeds.class);

  private final NodeName node;
  private final List<SeedName> names;
  private final Optional<DnsLookup> lookup;
  private final boolean asksServer;
  private final Map<SeedName, List<InetSocketAddress>> last = new ConcurrentHashMap<>();
  private final Map<SeedName, String> failing = new ConcurrentHashMap<>();

  /**
   * Seeds by {@code names}.
   *
   * @param server whom to ask; if there is none, hosts are looked up as this machine looks up any
   *     name, and SRV records at the servers that it is set up with
   */
  public DnsSeeds(NodeName node, List<SeedName> names, Optional<InetSocketAddress> server) {
    this.node = node;
    this.names = List.copyOf(names);
    this.asksServer = server.isPresent();
    boolean needed = asksServer || names.stream().anyMatch(SeedName.Srv.class::isInstance);
    this.lookup = needed ? Optional.of(new DnsLookup(node, server)) : Optional.empty();
  }

  @Override
  public List<InetSocketAddress> find() {
    var threads = Thread.ofVirtual().name("seeds@" + node).factory();
    try (var each = Executors.newThreadPerTaskExecutor(threads)) {
      var answers =
          names.stream()
              .map(name -> CompletableFuture.supplyAsync(() -> lookUp(name), each))
              .toList();
      var found = new LinkedHashSet<InetSocketAddress>();
      answers.forEach(answer -> found.addAll(answer.join()));
      return List.copyOf(found);
    }
  }

  private List<InetSocketAddress> lookUp(SeedName name) {
    try {
      var now = List.copyOf(resolve(name));
      var before = last.put(name, now);
      failing.remove(name);
      if (!now.equals(before)) {
        LOG.debug("seeds: {} is {}", name, now);
      }
      return now;
    } catch (IOException e) {
      var before = last.getOrDefault(name, List.of());
      // Once for each reason, not every ten seconds.
      var reason = String.valueOf(e.getMessage());
      if (!reason.equals(failing.put(name, reason))) {
        LOG.info("seeds: {} cannot be looked up now, taking {}: {}", name, before, reason);
      }
      return before;
    }
  }

  private List<InetSocketAddress> resolve(SeedName name) throws IOException {
    return switch (name) {
      case SeedName.Host(String host, int port) -> {
        var addresses = new ArrayList<InetSocketAddress>();
        for (InetAddress address : addresses(host)) {
          addresses.add(new InetSocketAddress(address, port));
        }
        yield addresses;
      }
      case SeedName.Srv(String srv) -> lookup.orElseThrow().targets(srv);
    };
  }

  private List<InetAddress> addresses(String host) throws IOException {
    return asksServer
        ? lookup.orElseThrow().addresses(host)
        : List.of(InetAddress.getAllByName(host));
  }

  @Override
  public void close() {
    lookup.ifPresent(DnsLookup::close);
  }
}
