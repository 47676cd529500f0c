package io.roster.core.identity;

import java.util.Comparator;

/**
 * One start of a node. Immutable.
 *
 * <p>A restart keeps the name and raises the incarnation, so nothing that named the earlier start
 * can be mistaken for the later one.
 *
 * @param name the node's name
 * @param incarnation grows with every start of that name, from 1 to {@link #INCARNATION_MAX}
 */
public record NodeId(NodeName name, long incarnation) implements Comparable<NodeId> {

  /**
   * Far beyond any time of a start in nanoseconds, and so far from overflow that one may count on.
   */
  public static final long INCARNATION_MAX = 1L << 62;

  private static final Comparator<NodeId> ORDER =
      Comparator.comparing(NodeId::name).thenComparingLong(NodeId::incarnation);

  /** Checks the incarnation. */
  public NodeId {
    if (incarnation <= 0 || incarnation > INCARNATION_MAX) {
      throw new IllegalArgumentException(
          "expected an incarnation from 1 to " + INCARNATION_MAX + ", got: " + incarnation);
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return name + "#" + incarnation;
  }
}
