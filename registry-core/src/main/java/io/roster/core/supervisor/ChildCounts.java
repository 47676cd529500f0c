package io.roster.core.supervisor;

/**
 * How many children a supervisor has. Immutable.
 *
 * @param specs specifications, running or not
 * @param active processes that live now
 * @param supervisors specifications of supervisors, running or not
 * @param workers specifications of workers, running or not
 */
public record ChildCounts(int specs, int active, int supervisors, int workers) {}
