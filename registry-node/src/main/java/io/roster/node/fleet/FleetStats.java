package io.roster.node.fleet;

import java.time.Duration;

/**
 * Numbers of a node's part of the fleet since its start. Immutable.
 *
 * @param running workers that run here
 * @param started workers that were started here, anew or again
 * @param movedOut workers that were handed over to other nodes
 * @param movedIn workers that were taken from other nodes
 * @param movesCalledOff moves whose worker stayed
 * @param movesRunning moves that go on now
 * @param oldestMove how long the oldest of them has been going on: a move that takes much longer
 *     than its steps may is stuck
 * @param messagesHandedOver messages that were held back at the source and handled at the target
 * @param messagesLost messages that could not be handed over because they cannot be written
 * @param framesRefused frames of other nodes that made no sense
 */
public record FleetStats(
    int running,
    long started,
    long movedOut,
    long movedIn,
    long movesCalledOff,
    int movesRunning,
    Duration oldestMove,
    long messagesHandedOver,
    long messagesLost,
    long framesRefused) {}
