/**
 * The names of a whole cluster in one simulation, over its gossip: the name tables of production,
 * links that break, and an arbiter that splits, forgets and merges.
 *
 * <p>Begin with {@link io.roster.testkit.names.ClusterSim}.
 */
@NullMarked
package io.roster.testkit.names;

import org.jspecify.annotations.NullMarked;
