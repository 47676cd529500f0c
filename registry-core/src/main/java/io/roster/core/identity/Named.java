package io.roster.core.identity;

/**
 * A locally registered name on a certain node, resolved when the message arrives there. Immutable.
 *
 * @param name the name that the process registered on its node
 * @param node that node, whatever its incarnation
 */
public record Named(ProcessName name, NodeName node) implements Destination {

  @Override
  public NodeName nodeName() {
    return node;
  }

  @Override
  public String toString() {
    return "{" + name + ", " + node + "}";
  }
}
