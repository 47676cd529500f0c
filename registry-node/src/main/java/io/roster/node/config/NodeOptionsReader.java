package io.roster.node.config;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.discovery.SeedName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Turns layered keys into a node's options. Stateless. */
final class NodeOptionsReader {

  private NodeOptionsReader() {}

  static NodeOptions read(OptionsReader from) {
    if (from.text("roster.name").isEmpty()) {
      throw new BadOption("roster.name", "a name for the node (--name)", "nothing");
    }
    var name = from.make("roster.name", NodeName::new);
    var listen = listen(from);
    try {
      return new NodeOptions(
          name, cluster(from, listen), new NodeOptions.Network(listen, admin(from)), local(from));
    } catch (BadOption e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new BadOption("roster.cluster.secret", e);
    }
  }

  private static ClusterOptions cluster(OptionsReader from, ListenOptions listen) {
    var text = from.textOrFile("roster.cluster.secret");
    var secret = text.isEmpty() ? Secret.DEVELOPMENT : new Secret(text);
    var preset = from.make("roster.cluster.preset", value -> preset(value, listen));
    var discovery = discovery(from);
    var cluster =
        from.make(
            "roster.cluster.name",
            value -> new ClusterOptions(value, seeds(from), secret, preset, discovery));
    var patient =
        from.make(
            "roster.cluster.forget-after",
            _ -> cluster.withForgetAfter(from.duration("roster.cluster.forget-after")));
    return from.make(
        "roster.cluster.gossip-key-file",
        value -> value.isEmpty() ? patient : withKeys(patient, Path.of(value)));
  }

  private static ClusterOptions withKeys(ClusterOptions cluster, Path file) {
    var _ = GossipKeyFile.read(file);
    return cluster.withGossipKeyFile(file);
  }

  private static List<HostPort> seeds(OptionsReader from) {
    try {
      return from.texts("roster.cluster.seeds").stream().map(HostPort::parse).toList();
    } catch (BadOption e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new BadOption("roster.cluster.seeds", e);
    }
  }

  private static DiscoveryOptions discovery(OptionsReader from) {
    for (var name : from.texts("roster.discovery.srv")) {
      try {
        var _ = new SeedName.Srv(name);
      } catch (IllegalArgumentException e) {
        throw new BadOption("roster.discovery.srv", e);
      }
    }
    var multicast = hostPort(from, "roster.discovery.multicast");
    multicast.ifPresent(
        group -> {
          if (!address(group.host()).isMulticastAddress()) {
            throw new BadOption(
                "roster.discovery.multicast", "a group such as 239.77.7.1:7077", group);
          }
        });
    return new DiscoveryOptions(
        from.texts("roster.discovery.srv"),
        hostPort(from, "roster.discovery.dns-server"),
        multicast);
  }

  private static Optional<HostPort> hostPort(OptionsReader from, String key) {
    return from.make(
        key, value -> value.isEmpty() ? Optional.empty() : Optional.of(HostPort.parse(value)));
  }

  private static Preset preset(String value, ListenOptions listen) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "auto" -> listen.isLoopback() ? Preset.LOOPBACK : Preset.LAN;
      case "loopback" -> Preset.LOOPBACK;
      case "lan" -> Preset.LAN;
      case "wan" -> Preset.WAN;
      default ->
          throw new IllegalArgumentException(
              "expected auto, loopback, lan or wan, got: \"" + value + "\"");
    };
  }

  private static ListenOptions listen(OptionsReader from) {
    var bind = from.make("roster.listen.bind", NodeOptionsReader::address);
    var advertise =
        from.make(
            "roster.listen.advertise", value -> value.isEmpty() ? dialable(bind) : address(value));
    var ports =
        new ListenOptions.Ports(
            port(from, "roster.listen.gossip-port"),
            port(from, "roster.listen.link-port"),
            port(from, "roster.listen.arbiter-port"));
    return from.make("roster.listen.advertise", _ -> new ListenOptions(bind, advertise, ports));
  }

  private static AdminOptions admin(OptionsReader from) {
    var bind = from.make("roster.admin.bind", NodeOptionsReader::address);
    var token = from.textOrFile("roster.admin.token");
    int port = port(from, "roster.admin.port");
    return from.make("roster.admin.bind", _ -> new AdminOptions(bind, port, token));
  }

  private static LocalOptions local(OptionsReader from) {
    var modules = from.texts("roster.modules").stream().map(Path::of).toList();
    for (var module : modules) {
      if (!Files.isReadable(module)) {
        throw new BadOption("roster.modules", "jars that can be read", module);
      }
    }
    var placement =
        from.make(
            "roster.weight",
            _ ->
                new LocalOptions.Placement(
                    from.number("roster.weight"), new TreeSet<>(from.texts("roster.roles"))));
    var stop =
        from.make(
            "roster.stop.drain",
            _ ->
                new StopOptions(
                    from.duration("roster.stop.drain"), from.duration("roster.stop.rest")));
    var arbiter =
        from.make(
            "roster.arbiter.rebuild-after",
            _ -> new ArbiterOptions(from.duration("roster.arbiter.rebuild-after")));
    return new LocalOptions(
        Path.of(from.text("roster.data-dir")), modules, placement, stop, arbiter);
  }

  private static int port(OptionsReader from, String key) {
    int port = from.number(key);
    if (port < 0 || port > 65_535) {
      throw new BadOption(key, "a port from 0 (any) to 65535", port);
    }
    return port;
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "expected an address or a known host, got: \"" + host + "\"", e);
    }
  }

  private static InetAddress dialable(InetAddress bind) {
    if (!bind.isAnyLocalAddress()) {
      return bind;
    }
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "expected an address to advertise for the wildcard "
                          + bind.getHostAddress()
                          + ", got: none, and this machine has none but loopback"));
    } catch (SocketException e) {
      throw new IllegalArgumentException("expected an address to advertise, got: none", e);
    }
  }
}
