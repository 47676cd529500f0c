package io.roster.deploy;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network.Ipam;
import io.roster.net.client.RosterClient;
import io.roster.net.codec.MessageTypes;
import io.roster.net.transport.netty.Cookie;
import io.roster.net.transport.netty.LinkOptions;
import io.roster.testkit.drill.DrillHosts;
import io.roster.testkit.drill.Split;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/**
 * Containers on one Docker network. A cut takes the containers of all sides but the first off the
 * network, so those sides have one node each.
 */
final class ContainerHosts implements DrillHosts {

  private static final String CLUSTER = "containers";
  private static final String SUBNET = "10.78.0.";
  private static final int SECRET_BYTES = 32;

  private final String image = NodeImage.build();
  private final Network network =
      Network.builder()
          .createNetworkCmdModifier(
              command ->
                  command.withIpam(
                      new Ipam().withConfig(new Ipam.Config().withSubnet(SUBNET + "0/24"))))
          .build();
  private final String secret =
      HexFormat.of().formatHex(new SecureRandom().generateSeed(SECRET_BYTES));
  private final List<ContainerNode> nodes = new ArrayList<>();
  private final List<Integer> away = new ArrayList<>();
  private final int size;
  private final Path module;

  /**
   * Hosts without nodes.
   *
   * @param size how many nodes there will be; every one is a seed
   * @param module a jar that every node loads
   */
  ContainerHosts(int size, Path module) {
    this.size = size;
    this.module = module;
  }

  @Override
  public ContainerNode start(int number, Consumer<String> lines) {
    var node = new ContainerNode(image, "n" + number, module, lines);
    node.container()
        .withNetwork(network)
        .withCreateContainerCmdModifier(command -> command.withIpv4Address(address(number)))
        .withEnv("ROSTER_CLUSTER_NAME", CLUSTER)
        .withEnv("ROSTER_CLUSTER_SEEDS", seeds())
        .withEnv("ROSTER_CLUSTER_SECRET", secret);
    nodes.add(node);
    node.start();
    return node;
  }

  @Override
  public void split(Split split) {
    for (var side : split.sides().subList(1, split.sides().size())) {
      if (side.size() != 1) {
        throw new IllegalArgumentException(
            "expected sides of one node after the first, got: " + side);
      }
      disconnect(side.getFirst());
    }
  }

  @Override
  public void heal() {
    away.forEach(this::connect);
    away.clear();
  }

  @Override
  public void close() {
    nodes.forEach(ContainerNode::close);
    network.close();
  }

  /** A client that begins at the nodes with these numbers. */
  RosterClient client(MessageTypes types, int... numbers) {
    var builder = RosterClient.builder(LinkOptions.of(CLUSTER, Cookie.of(secret))).types(types);
    for (int number : numbers) {
      var container = node(number).container();
      builder.address(container.getHost(), container.getMappedPort(ContainerNode.LINK_PORT));
    }
    return builder.open();
  }

  private ContainerNode node(int number) {
    return nodes.get(number - 1);
  }

  private void disconnect(int number) {
    DockerClientFactory.lazyClient()
        .disconnectFromNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(node(number).container().getContainerId())
        .withForce(true)
        .exec();
    away.add(number);
  }

  /** With the address it had: that is the one the others know. */
  private void connect(int number) {
    DockerClientFactory.lazyClient()
        .connectToNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(node(number).container().getContainerId())
        .withContainerNetwork(
            new ContainerNetwork()
                .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address(number))))
        .exec();
  }

  private String seeds() {
    return IntStream.rangeClosed(1, size)
        .mapToObj(number -> address(number) + ":7001")
        .collect(Collectors.joining(","));
  }

  private static String address(int number) {
    return SUBNET + (10 + number);
  }
}
