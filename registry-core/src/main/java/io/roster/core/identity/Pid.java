package io.roster.core.identity;

import java.util.Comparator;

/**
 * A process of the cluster. Immutable; never used again for another process.
 *
 * @param node the start of the node that the process runs on
 * @param serial the process's number on that node; zero stands for callers outside any process
 * @see <a href="https://www.erlang.org/doc/system/data_types.html#pid">Erlang's pid</a>
 */
public record Pid(NodeId node, long serial) implements Destination, Comparable<Pid> {

  private static final Comparator<Pid> ORDER =
      Comparator.comparing(Pid::node).thenComparingLong(Pid::serial);

  /** The sender of whatever is sent from outside any process of {@code node}. */
  public static Pid outside(NodeId node) {
    return new Pid(node, 0);
  }

  @Override
  public NodeName nodeName() {
    return node.name();
  }

  @Override
  public int compareTo(Pid other) {
    return ORDER.compare(this, other);
  }

  /** By numbers alone: most tables hold processes of one node, and are asked for every message. */
  @Override
  public int hashCode() {
    return 31 * Long.hashCode(node.incarnation()) + Long.hashCode(serial);
  }

  @Override
  public String toString() {
    return "<" + node + "." + serial + ">";
  }
}
