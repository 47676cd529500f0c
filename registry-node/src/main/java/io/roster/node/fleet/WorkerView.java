package io.roster.node.fleet;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import java.util.Optional;

/**
 * A worker that is wished for. Immutable.
 *
 * @param name its global name
 * @param workerType alias of its type
 * @param epoch how often the wish has changed
 * @param pid its process; empty while nobody runs it
 * @param belongsOn the node that should run it; empty if none can
 */
public record WorkerView(
    ProcessName name,
    String workerType,
    long epoch,
    Optional<Pid> pid,
    Optional<NodeName> belongsOn) {}
