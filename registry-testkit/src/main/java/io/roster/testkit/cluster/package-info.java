/**
 * Clusters of real JVMs: start nodes, wait until they are ready, stop or kill them, and leave
 * nothing behind.
 *
 * <p>Begin with {@link io.roster.testkit.cluster.JvmCluster}.
 */
@NullMarked
package io.roster.testkit.cluster;

import org.jspecify.annotations.NullMarked;
