package io.roster.node.fleet;

/**
 * What became of the workers of a leaving node. Immutable.
 *
 * @param moved handed over with their state
 * @param ended ended here, to be started elsewhere without it
 */
public record DrainReport(int moved, int ended) {}
