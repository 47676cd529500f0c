/**
 * How one worker moves to another node with its state: the two sides of the protocol as pure state
 * machines.
 *
 * <p>Begin with {@link io.roster.node.fleet.handoff.SourceHandOff}, whose note tells the protocol.
 * Nothing here reads a clock, sends a frame or touches a process; the fleet does what the effects
 * say and feeds back what came of it.
 */
@NullMarked
package io.roster.node.fleet.handoff;

import org.jspecify.annotations.NullMarked;
