package io.roster.node.fleet.handoff;

import io.roster.core.identity.NodeId;

/**
 * One attempt to move one worker. Immutable; never used again.
 *
 * @param source the node that gives the worker away
 * @param number unique within that start of the node
 */
public record MoveId(NodeId source, long number) {

  @Override
  public String toString() {
    return source + "/" + number;
  }
}
