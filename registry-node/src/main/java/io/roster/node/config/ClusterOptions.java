package io.roster.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster a node belongs to. Immutable.
 *
 * @param name nodes of other cluster names are refused
 * @param seeds gossip addresses of some nodes to look for, tried again for ever; the node's own may
 *     be among them. None means: begin a cluster of one, which others join
 * @param secret what every node and client of the cluster knows
 * @param preset the timing of gossip
 * @param discovery how further seeds are found
 * @param forgetAfter how long failed members are tried and those that left are remembered
 * @param gossipKeyFile where the keys of the gossip are; none means: the one that the secret makes
 */
public record ClusterOptions(
    String name,
    List<HostPort> seeds,
    Secret secret,
    Preset preset,
    DiscoveryOptions discovery,
    Duration forgetAfter,
    Optional<Path> gossipKeyFile) {

  private static final Duration FORGET_AFTER = Duration.ofDays(1);
  private static final Duration FORGET_MIN = Duration.ofMinutes(1);
  private static final Duration FORGET_MAX = Duration.ofDays(365);

  /** A cluster whose seeds are written down. */
  public ClusterOptions(String name, List<HostPort> seeds, Secret secret, Preset preset) {
    this(name, seeds, secret, preset, DiscoveryOptions.NONE);
  }

  /** A cluster that forgets failed members after a day. */
  public ClusterOptions(
      String name, List<HostPort> seeds, Secret secret, Preset preset, DiscoveryOptions discovery) {
    this(name, seeds, secret, preset, discovery, FORGET_AFTER, Optional.empty());
  }

  /** Checks the name and the time. */
  public ClusterOptions {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException(
          "expected a cluster name of 1 to 63 letters, digits, '.', '_' or '-' that begins with a"
              + " letter or digit, got: \""
              + name
              + "\"");
    }
    if (forgetAfter.compareTo(FORGET_MIN) < 0 || forgetAfter.compareTo(FORGET_MAX) > 0) {
      throw new IllegalArgumentException(
          "expected to forget failed members after 1m to 365d, got: "
              + forgetAfter.toMillis()
              + "ms");
    }
    seeds = List.copyOf(seeds);
  }

  /** The same that forgets failed members after another time. */
  public ClusterOptions withForgetAfter(Duration time) {
    return new ClusterOptions(name, seeds, secret, preset, discovery, time, gossipKeyFile);
  }

  /** The same with gossip keys of a file. */
  public ClusterOptions withGossipKeyFile(Path file) {
    return new ClusterOptions(
        name, seeds, secret, preset, discovery, forgetAfter, Optional.of(file));
  }

  /** Whether there may be somebody to join. */
  public boolean hasSeeds() {
    return !seeds.isEmpty() || discovery.findsAny();
  }
}
