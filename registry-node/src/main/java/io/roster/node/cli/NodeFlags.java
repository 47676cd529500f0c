package io.roster.node.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code roster node}, each a key of {@code reference.conf}; a picocli mixin. */
@SuppressWarnings("UnusedVariable") // picocli sets the fields
final class NodeFlags {

  private static final int LINK_OFFSET = 100;
  private static final int ADMIN_OFFSET = 200;
  private static final int ARBITER_OFFSET = 300;
  private static final int BASE_MAX = 65_535 - ARBITER_OFFSET;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A HOCON file with options; flags win over it.")
  private @Nullable Path config;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The node's name, unique in the cluster. Required, here or in the file.")
  private @Nullable String name;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The cluster's name; others are refused. Default: roster.")
  private @Nullable String cluster;

  @Option(
      names = "--seeds",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Gossip addresses of some nodes, separated by commas. None: begin a cluster.")
  private @Nullable List<String> seeds;

  @Option(
      names = "--discover-srv",
      paramLabel = "NAME",
      split = ",",
      description = "Names with SRV records of gossip addresses, such as _gossip._udp.example.org.")
  private @Nullable List<String> discoverSrv;

  @Option(
      names = "--dns-server",
      paramLabel = "HOST:PORT",
      description = "Whom to ask about names of seeds. Default: as this machine does.")
  private @Nullable String dnsServer;

  @Option(
      names = "--discover-multicast",
      paramLabel = "GROUP:PORT",
      description = "For development: nodes find each other in a group such as 239.77.7.1:7077.")
  private @Nullable String discoverMulticast;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "A file whose first line is the cluster's secret; else ROSTER_CLUSTER_SECRET.")
  private @Nullable String secretFile;

  @Option(
      names = "--gossip-key-file",
      paramLabel = "FILE",
      description = "A file of gossip keys, one in each line. Default: one that the secret makes.")
  private @Nullable String gossipKeyFile;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Timing of gossip: loopback, lan or wan. Default: by the address.")
  private @Nullable String preset;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Where to listen for the cluster. Default: 127.0.0.1.")
  private @Nullable String bind;

  @Option(
      names = "--advertise",
      paramLabel = "ADDRESS",
      description = "The address the others are told. Default: the one of --bind.")
  private @Nullable String advertise;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Gossip at N, links at N+100, admin at N+200, Hazelcast at N+300; 0: the system chooses"
              + " all. Default: 7001.")
  private @Nullable Integer port;

  @Option(names = "--gossip-port", paramLabel = "N", description = "Gossip, UDP and TCP; 0: any.")
  private @Nullable Integer gossipPort;

  @Option(
      names = "--link-port",
      paramLabel = "N",
      description = "Links to nodes and clients; 0: any.")
  private @Nullable Integer linkPort;

  @Option(names = "--arbiter-port", paramLabel = "N", description = "Hazelcast; 0: any.")
  private @Nullable Integer arbiterPort;

  @Option(
      names = "--admin-bind",
      paramLabel = "ADDRESS",
      description = "Where operators ask. Default: 127.0.0.1.")
  private @Nullable String adminBind;

  @Option(names = "--admin-port", paramLabel = "N", description = "HTTP for operators; 0: any.")
  private @Nullable Integer adminPort;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file whose first line is what operators must show; else ROSTER_ADMIN_TOKEN.")
  private @Nullable String tokenFile;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where the last incarnation, known addresses and rotated keys are kept. Default:"
              + " nowhere.")
  private @Nullable String dataDirectory;

  @Option(
      names = "--module",
      paramLabel = "JAR",
      description = "A jar with a RosterModule; may be given several times.")
  private @Nullable List<String> modules;

  @Option(
      names = "--weight",
      paramLabel = "N",
      description = "Share of the workers, 1 for an ordinary node, 0 for none.")
  private @Nullable Integer weight;

  @Option(
      names = "--role",
      paramLabel = "WORD",
      description = "What the node is for; may be given several times.")
  private @Nullable List<String> roles;

  /** The file with options, or the empty path. */
  Path config() {
    return config == null ? Path.of("") : config;
  }

  /** What was given, by key. */
  Map<String, Object> values() {
    var values = new LinkedHashMap<String, Object>();
    if (port != null) {
      putPorts(values, port);
    }
    put(values, "roster.name", name);
    put(values, "roster.cluster.name", cluster);
    put(values, "roster.cluster.seeds", copy(seeds));
    put(values, "roster.discovery.srv", copy(discoverSrv));
    put(values, "roster.discovery.dns-server", dnsServer);
    put(values, "roster.discovery.multicast", discoverMulticast);
    put(values, "roster.cluster.secret-file", secretFile);
    put(values, "roster.cluster.gossip-key-file", gossipKeyFile);
    put(values, "roster.cluster.preset", preset);
    put(values, "roster.listen.bind", bind);
    put(values, "roster.listen.advertise", advertise);
    put(values, "roster.listen.gossip-port", gossipPort);
    put(values, "roster.listen.link-port", linkPort);
    put(values, "roster.listen.arbiter-port", arbiterPort);
    put(values, "roster.admin.bind", adminBind);
    put(values, "roster.admin.port", adminPort);
    put(values, "roster.admin.token-file", tokenFile);
    put(values, "roster.data-dir", dataDirectory);
    put(values, "roster.modules", copy(modules));
    put(values, "roster.weight", weight);
    put(values, "roster.roles", copy(roles));
    return values;
  }

  private static void putPorts(Map<String, Object> values, int base) {
    if (base < 0 || base > BASE_MAX) {
      throw CommandFailure.usage(
          "option --port: expected 0 (any) to " + BASE_MAX + ", got: " + base);
    }
    values.put("roster.listen.gossip-port", base);
    values.put("roster.listen.link-port", base == 0 ? 0 : base + LINK_OFFSET);
    values.put("roster.admin.port", base == 0 ? 0 : base + ADMIN_OFFSET);
    values.put("roster.listen.arbiter-port", base == 0 ? 0 : base + ARBITER_OFFSET);
  }

  private static @Nullable List<String> copy(@Nullable List<String> values) {
    return values == null ? null : new ArrayList<>(values);
  }

  private static void put(Map<String, Object> values, String key, @Nullable Object value) {
    if (value != null) {
      values.put(key, value);
    }
  }
}
