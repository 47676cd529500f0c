package io.roster.node.config;

import io.roster.core.identity.NodeName;
import java.net.InetAddress;
import java.util.List;

/**
 * Everything one node is told at its start. Immutable.
 *
 * @param name unique among the nodes of the cluster
 * @param cluster which cluster
 * @param network where it listens and where operators ask
 * @param local what concerns this node alone
 */
public record NodeOptions(
    NodeName name, ClusterOptions cluster, Network network, LocalOptions local) {

  /** Refuses what would stand open to the network under a secret that everybody knows. */
  public NodeOptions {
    var secret = cluster.secret();
    if (!network.listen().isLoopback()
        && (secret.isDevelopment() || secret.text().length() < Secret.CHARACTERS_MIN)) {
      throw new IllegalArgumentException(
          "expected roster.cluster.secret or secret-file with at least "
              + Secret.CHARACTERS_MIN
              + " characters for a node outside loopback, got: "
              + (secret.isDevelopment() ? "none" : secret.text().length() + " characters"));
    }
  }

  /**
   * Both sides of the network.
   *
   * @param listen for the cluster
   * @param admin for operators
   */
  public record Network(ListenOptions listen, AdminOptions admin) {}

  /**
   * A node on loopback with ports of the system's choice and the secret for development: for tests
   * and first steps.
   */
  public static NodeOptions loopback(String name, HostPort... seeds) {
    var loopback = InetAddress.getLoopbackAddress();
    return new NodeOptions(
        new NodeName(name),
        new ClusterOptions("roster", List.of(seeds), Secret.DEVELOPMENT, Preset.LOOPBACK),
        new Network(
            new ListenOptions(loopback, loopback, ListenOptions.Ports.ANY),
            AdminOptions.loopback(0)),
        LocalOptions.DEFAULT);
  }

  /** The same with another cluster. */
  public NodeOptions withCluster(ClusterOptions cluster) {
    return new NodeOptions(name, cluster, network, local);
  }

  /** The same at other addresses. */
  public NodeOptions withNetwork(Network network) {
    return new NodeOptions(name, cluster, network, local);
  }

  /** The same with other options of its own. */
  public NodeOptions withLocal(LocalOptions local) {
    return new NodeOptions(name, cluster, network, local);
  }
}
