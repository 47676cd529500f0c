/**
 * Real nodes that do nothing but gossip, what is done to them, and whether they saw it right.
 *
 * <p>Begin with {@link io.roster.testkit.drill.gossip.GossipDrill}; {@link
 * io.roster.testkit.drill.gossip.GossipJudge} decides and is pure.
 */
@NullMarked
package io.roster.testkit.drill.gossip;

import org.jspecify.annotations.NullMarked;
