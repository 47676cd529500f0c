package io.roster.core.identity;

import java.util.Comparator;

/**
 * One start of a node. Immutable.
 *
 * <p>A restart keeps the name and raises the incarnation, so nothing that named the earlier start
 * can be mistaken for the later one.
 *
 * @param name the node's name
 * @param incarnation grows with every start of that name, greater than zero
 */
public record NodeId(NodeName name, long incarnation) implements Comparable<NodeId> {

  private static final Comparator<NodeId> ORDER =
      Comparator.comparing(NodeId::name).thenComparingLong(NodeId::incarnation);

  /** Checks the incarnation. */
  public NodeId {
    if (incarnation <= 0) {
      throw new IllegalArgumentException(
          "expected an incarnation greater than zero, got: " + incarnation);
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
