package io.roster.node.fleet.desired;

import io.roster.core.identity.NodeName;
import java.util.Optional;

/**
 * What a node knows of one worker when it decides what to do about it. Immutable.
 *
 * @param self the node
 * @param belongsOn the node that should run it; empty if none can
 * @param runsOn the node whose process has its name; empty if nobody has it
 * @param local what this node does with it
 * @param isTemporary whether it is started once and never again
 * @param isLeaving whether this node is leaving
 * @param maySettle whether the view has been the same for long enough to start what is missing
 * @param mayMove whether, beyond that, nobody is suspected and no names are being resolved
 * @param isDue whether its back-off is over
 */
public record Situation(
    NodeName self,
    Optional<NodeName> belongsOn,
    Optional<NodeName> runsOn,
    Local local,
    boolean isTemporary,
    boolean isLeaving,
    boolean maySettle,
    boolean mayMove,
    boolean isDue) {

  /** What a node does with a worker. */
  public enum Local {
    /** Nothing. */
    NONE,
    /** It is being started, moved or stopped: wait for the outcome. */
    BUSY,
    /** It runs here. */
    RUNNING
  }
}
