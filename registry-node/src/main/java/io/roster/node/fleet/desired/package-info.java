/**
 * The workers that should run, on every node alike, and what to do where they do not.
 *
 * <p>Wishes are kept apart from owners: losing a process, a node or the name table loses no wish.
 * Pure but for {@link io.roster.node.fleet.desired.DesiredTable}, which one thread changes.
 */
@NullMarked
package io.roster.node.fleet.desired;

import org.jspecify.annotations.NullMarked;
