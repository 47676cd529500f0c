package io.roster.node.names.hazelcast;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the embedded member behaves. Immutable. Cluster name, partitions and scope must be equal on
 * all nodes.
 *
 * @param clusterName members of other clusters are refused
 * @param bind the address of the cluster's interface that the member listens on; port zero takes a
 *     free one
 * @param scope the table of names that it keeps
 * @param partitions fewer are merged and moved faster, more spread the work over more nodes; 61 by
 *     default
 * @param backups how many members may be lost at once without the others having to be told again
 *     what they keep; two by default
 * @param rebuildAfter how long Hazelcast and gossip may disagree about the members before the
 *     smaller side starts its member again, or after twice that time where the first node by name
 *     is on that side; thirty seconds by default, several times what a merge takes
 */
public record HazelcastOptions(
    String clusterName,
    InetSocketAddress bind,
    String scope,
    int partitions,
    int backups,
    Duration rebuildAfter) {

  /** What the parameters say. */
  public static HazelcastOptions of(String clusterName, InetSocketAddress bind) {
    return new HazelcastOptions(clusterName, bind, "default", 61, 2, Duration.ofSeconds(30));
  }

  /** The same with another patience for views that differ. */
  public HazelcastOptions withRebuildAfter(Duration rebuildAfter) {
    return new HazelcastOptions(clusterName, bind, scope, partitions, backups, rebuildAfter);
  }

  /** Checks the numbers. */
  public HazelcastOptions {
    if (clusterName.isBlank()) {
      throw new IllegalArgumentException("expected a cluster name, got a blank one");
    }
    if (bind.isUnresolved() || bind.getAddress().isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          "expected the address of one interface for the name store, got: " + bind);
    }
    if (partitions < 1 || backups < 0 || backups > 6) {
      throw new IllegalArgumentException(
          "expected at least one partition and 0 to 6 backups, got: "
              + partitions
              + " and "
              + backups);
    }
    if (!rebuildAfter.isPositive()) {
      throw new IllegalArgumentException(
          "expected a positive patience for views that differ, got: " + rebuildAfter);
    }
  }
}
