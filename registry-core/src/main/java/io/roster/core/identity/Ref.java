package io.roster.core.identity;

/**
 * A monitor or a timer, unique in the cluster. Immutable.
 *
 * @param node the node that made it, and that a {@code Down} for it goes to
 * @param id unique within that start of the node
 * @see <a href="https://www.erlang.org/doc/system/data_types.html#reference">Erlang's reference</a>
 */
public record Ref(NodeId node, long id) {

  /** By numbers alone: most tables hold refs of one node. */
  @Override
  public int hashCode() {
    return 31 * Long.hashCode(node.incarnation()) + Long.hashCode(id);
  }

  @Override
  public String toString() {
    return "ref:" + node + "." + id;
  }
}
