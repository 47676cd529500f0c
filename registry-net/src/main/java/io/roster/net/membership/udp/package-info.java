/**
 * The shell of the gossip: datagrams and streams on one port, sealed with AES-GCM, on a thread of
 * its own. It performs what {@code io.roster.net.membership.swim} decides, and decides nothing.
 */
@NullMarked
package io.roster.net.membership.udp;

import org.jspecify.annotations.NullMarked;
