package io.roster.core.identity;

/**
 * A reply address that its maker can revoke; what is sent to it afterwards is dropped. Immutable.
 *
 * @param node the node of the one who waits
 * @param id unique within that start of the node
 * @see <a href="https://www.erlang.org/doc/system/ref_man_processes.html#process-aliases">process
 *     aliases</a>
 */
public record Alias(NodeId node, long id) implements Destination {

  @Override
  public NodeName nodeName() {
    return node.name();
  }

  @Override
  public String toString() {
    return "alias:" + node + "." + id;
  }
}
