/**
 * Networks of one machine that can really be cut: hosts as network namespaces, joined by a bridge
 * in a namespace of its own, cut by nftables.
 *
 * <p>Begin with {@link io.roster.testkit.network.NetnsNetwork}.
 */
@NullMarked
package io.roster.testkit.network;

import org.jspecify.annotations.NullMarked;
