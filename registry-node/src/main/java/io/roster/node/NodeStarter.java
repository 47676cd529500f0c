package io.roster.node;

import io.roster.core.identity.NodeId;
import io.roster.core.process.ProcessSystem;
import io.roster.core.time.HybridClock;
import io.roster.core.time.Ticker;
import io.roster.net.client.ClientAcceptor;
import io.roster.net.codec.MessageTypes;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.ProtocolVersions;
import io.roster.net.membership.udp.GossipMembership;
import io.roster.net.membership.udp.GossipSettings;
import io.roster.net.membership.udp.Incarnations;
import io.roster.net.membership.udp.Keyring;
import io.roster.net.membership.udp.NodeMemory;
import io.roster.net.membership.udp.SeedDiscovery;
import io.roster.net.remote.RemoteSignals;
import io.roster.net.transport.netty.Cookie;
import io.roster.net.transport.netty.LinkOptions;
import io.roster.net.transport.netty.NettyTransport;
import io.roster.node.config.ClusterOptions;
import io.roster.node.config.GossipKeyFile;
import io.roster.node.config.NodeOptions;
import io.roster.node.fleet.Fleet;
import io.roster.node.fleet.FleetOptions;
import io.roster.node.fleet.FleetPorts;
import io.roster.node.names.GlobalNames;
import io.roster.node.names.LocalProcesses;
import io.roster.node.names.NamesOptions;
import io.roster.node.names.NamesPorts;
import io.roster.node.names.hazelcast.HazelcastArbiter;
import io.roster.node.names.hazelcast.HazelcastOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the parts of one node, each on what those before it gave. Confined to one thread. */
final class NodeStarter {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStarter.class);
  private static final Duration SETTLE_PATIENCE = Duration.ofMillis(1_500);

  private final NodeOptions options;
  private final ModuleSetup modules;
  private final StopStack stops;

  NodeStarter(NodeOptions options, ModuleSetup modules, StopStack stops) {
    this.options = options;
    this.modules = modules;
    this.stops = stops;
  }

  /*
   * The incarnation comes first, because every pid has it. Gossip comes last of the ports, and says where
   * this node takes links only when every part that listens to them runs: a peer that dials earlier
   * would talk to nobody.
   */
  NodeParts start() throws IOException {
    var memory = memory();
    var given = givenKeys(options.cluster());
    var keyring = keyring(memory, given);
    var discovery =
        stops.push(
            "discovery",
            Discovery.open(
                options.name(), options.cluster(), options.network().listen().advertise()));
    var id = settle(keyring, memory, discovery);
    var system = stops.push("processes", ProcessSystem.builder(id).build());
    var transport = stops.push("links", transport(id));
    var replacement = new Replacement();
    var gossip =
        settings(id, keyring, memory)
            .withNextKeys(given)
            .withSeeds(discovery)
            .onSuperseded(replacement::heardOf);
    var membership = stops.push("gossip", GossipMembership.start(gossip));
    stops.push("load", LoadWatch.start(membership, Ticker.SYSTEM));
    discovery.announce(membership.self().gossipAddress());
    transport.onLinks(new BrokenLinks(membership));
    var types = modules.messageTypes();
    RemoteSignals.connect(system, transport, types);
    var arbiter = stops.push("arbiter", arbiter(membership));
    var network = new NodeParts.Network(membership, transport, replacement);
    var names = stops.push("names", names(system, network, arbiter));
    var fleet = stops.push("fleet", fleet(system, network, names, types));
    var clients = ClientAcceptor.start(system, transport, types, new WorkerResolver(names, fleet));
    transport.open();
    membership.subscribe(new LinkDirectory(system, network, clients));
    return new NodeParts(system, network, arbiter, names, new NodeParts.Served(fleet, clients));
  }

  /**
   * {@code metadata} with the address that peers are to dial: a literal one, since what a host name
   * means may differ from machine to machine.
   */
  static NodeMetadata withLink(NodeMetadata metadata, InetSocketAddress link) {
    var literal = InetAddress.ofLiteral(link.getAddress().getHostAddress());
    return metadata.withLink(new InetSocketAddress(literal, link.getPort()));
  }

  /* Keys that an operator gave the node while it ran stand above those that it was started with. */
  private static Keyring keyring(Optional<NodeMemory> memory, Supplier<Keyring> given) {
    var kept = memory.flatMap(NodeMemory::keyring);
    kept.ifPresent(
        keys -> LOG.info("gossip keys are those of the data directory: {}", keys.keys()));
    return kept.orElseGet(given);
  }

  /*
   * A file is read each time: what is in it when the node starts again is what counts. What the secret
   * makes is slow to make, and stays.
   */
  private static Supplier<Keyring> givenKeys(ClusterOptions cluster) {
    if (cluster.gossipKeyFile().isPresent()) {
      var file = cluster.gossipKeyFile().get();
      return () -> GossipKeyFile.read(file);
    }
    var made = Keyring.fromPassphrase(cluster.secret().text(), cluster.name());
    return () -> made;
  }

  private NodeId settle(Keyring keyring, Optional<NodeMemory> memory, SeedDiscovery discovery) {
    var cluster = options.cluster();
    var settled =
        new Incarnations(cluster.name(), keyring, Clock.systemUTC())
            .settle(options.name(), memory, discovery.find(), SETTLE_PATIENCE);
    if (settled.isShutOut()) {
      throw new IllegalArgumentException(
          "expected nodes of cluster \"%s\" with the same secret and gossip keys at the seeds, got: %s of another cluster name, secret or keys"
              .formatted(cluster.name(), text(settled.refusedBy())));
    }
    return settled.id();
  }

  private static String text(List<InetSocketAddress> addresses) {
    return addresses.stream()
        .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
        .collect(Collectors.joining(", "));
  }

  private Optional<NodeMemory> memory() {
    var local = options.local();
    return local.keepsData()
        ? Optional.of(new NodeMemory(local.dataDirectory(), options.name()).checked())
        : Optional.empty();
  }

  private NettyTransport transport(NodeId id) throws IOException {
    var cluster = options.cluster();
    var listen = options.network().listen();
    return NettyTransport.bind(
        id,
        new InetSocketAddress(listen.bind(), listen.ports().link()),
        LinkOptions.of(cluster.name(), Cookie.of(cluster.secret().text())));
  }

  private GossipSettings settings(NodeId id, Keyring keyring, Optional<NodeMemory> memory) {
    var cluster = options.cluster();
    var listen = options.network().listen();
    var placement = options.local().placement();
    var settings =
        GossipSettings.of(
                id,
                cluster.name(),
                keyring,
                new InetSocketAddress(listen.bind(), listen.ports().gossip()))
            .withAdvertise(new InetSocketAddress(listen.advertise(), 0))
            .withOptions(gossip(cluster))
            .withMetadata(
                NodeMetadata.PLAIN
                    .withWeight(placement.weight())
                    .withRoles(placement.roles())
                    .withProtocols(
                        new ProtocolVersions(
                            NettyTransport.PROTOCOL_OLDEST, NettyTransport.PROTOCOL_NEWEST)));
    return memory.map(settings::withMemory).orElse(settings);
  }

  static GossipOptions gossip(ClusterOptions cluster) {
    var preset =
        switch (cluster.preset()) {
          case LOOPBACK -> GossipOptions.loopback();
          case LAN -> GossipOptions.lan();
          case WAN -> GossipOptions.wan();
        };
    return preset.withReconnect(reconnect -> reconnect.withForgetAfter(cluster.forgetAfter()));
  }

  private HazelcastArbiter arbiter(GossipMembership membership) throws IOException {
    var listen = options.network().listen();
    // Hazelcast tells others the address that it binds, so it takes the one that they can dial.
    return HazelcastArbiter.start(
        HazelcastOptions.of(
                options.cluster().name(),
                new InetSocketAddress(listen.advertise(), listen.ports().arbiter()))
            .withRebuildAfter(options.local().arbiter().rebuildAfter()),
        membership,
        Ticker.SYSTEM);
  }

  private static GlobalNames names(
      ProcessSystem system, NodeParts.Network network, HazelcastArbiter arbiter) {
    var time = new NamesPorts.Time(system.ticker(), system.timers(), HybridClock.system());
    return GlobalNames.start(
        new NamesPorts(
            LocalProcesses.of(system),
            network.transport(),
            network.membership(),
            arbiter.store(),
            time),
        NamesOptions.DEFAULT);
  }

  private Fleet fleet(
      ProcessSystem system, NodeParts.Network network, GlobalNames names, MessageTypes types) {
    var fleet =
        Fleet.start(
            new FleetPorts(
                system,
                network.transport(),
                network.membership(),
                names,
                modules.messageCodec(types, system)),
            FleetOptions.DEFAULT);
    modules.workerTypes().forEach(fleet::register);
    return fleet;
  }
}
