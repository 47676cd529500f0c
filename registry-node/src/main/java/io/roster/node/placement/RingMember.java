package io.roster.node.placement;

import io.roster.core.identity.NodeName;

/**
 * A node that may hold workers. Immutable.
 *
 * <p>The name counts, not the incarnation: a node that restarts is asked for the same workers.
 *
 * @param name the node
 * @param weight its share in relation to the others, one for an ordinary node, zero for none
 */
public record RingMember(NodeName name, int weight) implements Comparable<RingMember> {

  /** The heaviest node: more would make the ring slow to build without being more even. */
  public static final int WEIGHT_MAX = 64;

  /** Checks the weight. */
  public RingMember {
    if (weight < 0 || weight > WEIGHT_MAX) {
      throw new IllegalArgumentException(
          "expected a weight of 0 to " + WEIGHT_MAX + ", got: " + weight);
    }
  }

  /** A node of weight one. */
  public static RingMember of(NodeName name) {
    return new RingMember(name, 1);
  }

  @Override
  public int compareTo(RingMember other) {
    return name.compareTo(other.name);
  }
}
