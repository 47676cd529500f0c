/**
 * The arbiter of names on an embedded Hazelcast member that gossip drives.
 *
 * <p>Begin with {@link io.roster.node.names.hazelcast.HazelcastArbiter}. Nothing else of the
 * project knows Hazelcast, and one class here knows its inside.
 */
@NullMarked
package io.roster.node.names.hazelcast;

import org.jspecify.annotations.NullMarked;
