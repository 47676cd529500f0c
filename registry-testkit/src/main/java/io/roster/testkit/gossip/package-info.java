/**
 * The gossip of many simulated nodes: the machine of {@code io.roster.net.membership.swim} as it
 * runs in production, over a made-up network.
 */
@NullMarked
package io.roster.testkit.gossip;

import org.jspecify.annotations.NullMarked;
