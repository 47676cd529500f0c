/**
 * SWIM with Lifeguard as one deterministic machine: inputs and the time in, effects out. No clock,
 * no thread, no socket; {@code io.roster.net.membership.udp} is its shell.
 */
@NullMarked
package io.roster.net.membership.swim;

import org.jspecify.annotations.NullMarked;
