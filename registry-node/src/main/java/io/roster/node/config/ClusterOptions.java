package io.roster.node.config;

import java.util.List;

/**
 * Which cluster a node belongs to. Immutable.
 *
 * @param name nodes of other cluster names are refused
 * @param seeds gossip addresses of some nodes to look for, tried again for ever; the node's own may
 *     be among them. None means: begin a cluster of one, which others join
 * @param secret what every node and client of the cluster knows
 * @param preset the timing of gossip
 * @param discovery how further seeds are found
 */
public record ClusterOptions(
    String name, List<HostPort> seeds, Secret secret, Preset preset, DiscoveryOptions discovery) {

  /** A cluster whose seeds are written down. */
  public ClusterOptions(String name, List<HostPort> seeds, Secret secret, Preset preset) {
    this(name, seeds, secret, preset, DiscoveryOptions.NONE);
  }

  /** Checks the name. */
  public ClusterOptions {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException(
          "expected a cluster name of 1 to 63 letters, digits, '.', '_' or '-' that begins with a"
              + " letter or digit, got: \""
              + name
              + "\"");
    }
    seeds = List.copyOf(seeds);
  }

  /** Whether there may be somebody to join. */
  public boolean hasSeeds() {
    return !seeds.isEmpty() || discovery.findsAny();
  }
}
