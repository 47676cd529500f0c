package io.roster.node.fleet;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import java.time.Duration;

/**
 * A move that this node takes or took part in. Immutable.
 *
 * @param name the worker
 * @param from the node that gives it away
 * @param to the node that takes it
 * @param phase how far it is, or how it ended
 * @param isOver whether it ended
 * @param age how long it has been going on, or took
 */
public record MoveView(
    ProcessName name, NodeName from, NodeName to, String phase, boolean isOver, Duration age) {

  MoveView aged(boolean isOver, long nanos) {
    return new MoveView(name, from, to, phase, isOver, Duration.ofNanos(nanos));
  }
}
