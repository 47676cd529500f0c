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
 */
public record ClusterOptions(String name, List<HostPort> seeds, Secret secret, Preset preset) {

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
}
