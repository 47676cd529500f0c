/**
 * Drills: a workload on real nodes, a fault, a history of what was told, and a checker that judges
 * it afterwards from outside the cluster.
 *
 * <p>Begin with {@link io.roster.testkit.drill.PartitionChecker}, which says what a split must not
 * do to names.
 */
@NullMarked
package io.roster.testkit.drill;

import org.jspecify.annotations.NullMarked;
