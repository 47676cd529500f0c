/**
 * The fleet: workers that should run somewhere in the cluster, restarted when their node dies and
 * moved with their state when nodes come and go.
 *
 * <p>Begin with {@link io.roster.node.fleet.Fleet}; describe a kind of worker with {@link
 * io.roster.node.fleet.WorkerType}. What to do is decided by the pure packages {@code desired},
 * {@code handoff} and {@code io.roster.node.placement}; this package does it.
 */
@NullMarked
package io.roster.node.fleet;

import org.jspecify.annotations.NullMarked;
