package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import java.util.List;

/**
 * How one node's table compares with its peers and with the arbiter. Immutable.
 *
 * @param names how many names are known
 * @param own how many this node's processes hold
 * @param sequence how many changes this node's own stream has had
 * @param copies the copies of other nodes' streams
 * @param waiting registrations on their way
 * @param disputes names of this node that are in dispute
 * @param backlog claims and ends that the arbiter has yet to hear of
 */
public record TableReport(
    int names, int own, long sequence, List<Copy> copies, int waiting, int disputes, int backlog) {

  /**
   * A copy of another node's stream.
   *
   * @param node the owner
   * @param sequence the last change that this node has of it
   * @param claims how many claims it holds
   * @param linked whether a link leads there
   */
  public record Copy(NodeId node, long sequence, int claims, boolean linked) {}
}
