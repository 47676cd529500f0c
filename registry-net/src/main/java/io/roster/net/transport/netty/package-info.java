/**
 * Links over TCP: the Netty implementation of {@link io.roster.net.transport.Transport}.
 *
 * <p>Begin with {@link io.roster.net.transport.netty.NettyTransport}. A link is a set of
 * connections, one per lane, agreed upon by {@code Handshake} and owned by {@code LinkTable}, which
 * lives on one thread; {@code OfferRule} decides which of two crossing links stays.
 */
@NullMarked
package io.roster.net.transport.netty;

import org.jspecify.annotations.NullMarked;
