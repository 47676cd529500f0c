package io.roster.testkit.drill;

import io.roster.testkit.cluster.JvmLaunch;
import io.roster.testkit.cluster.SecretFile;
import io.roster.testkit.network.NetnsNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the nodes of a drill are started: {@code n1} to {@code nN}, a throw-away secret for all. */
final class NodeLaunches {

  private static final String MAIN = "io.roster.node.cli.Main";
  private static final int GOSSIP_PORT = 7001;

  /** Where the nodes take links: what {@code --port} makes of the gossip port. */
  static final int LINK_PORT = GOSSIP_PORT + 100;

  /* Several JVMs share few cores here: one collector thread and one compiler each are enough. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Droster.drill.agent=on");

  private NodeLaunches() {}

  /** One node for each host of a network; every node is a seed. */
  static List<JvmLaunch> inNamespaces(NetnsNetwork network, Path folder) {
    var secret = SecretFile.create(folder).path();
    var seeds =
        IntStream.rangeClosed(1, network.size())
            .mapToObj(host -> network.address(host) + ":" + GOSSIP_PORT)
            .collect(Collectors.joining(","));
    return IntStream.rangeClosed(1, network.size())
        .mapToObj(
            host ->
                JvmLaunch.of(
                        "n" + host,
                        MAIN,
                        List.of(
                            "node",
                            "--json",
                            "--name=n" + host,
                            "--bind=" + network.address(host),
                            "--port=" + GOSSIP_PORT,
                            "--seeds=" + seeds,
                            "--secret-file=" + secret))
                    .withJvmOptions(JVM_OPTIONS)
                    .withPlace(network.place(host)))
        .toList();
  }

  /** The number of the node with this name. */
  static int number(String name) {
    return Integer.parseInt(name.substring(1));
  }
}
