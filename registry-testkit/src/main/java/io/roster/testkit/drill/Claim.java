package io.roster.testkit.drill;

/**
 * One process's claim to one name. Immutable.
 *
 * @param id unique within a drill
 * @param name the name
 * @param node the node of the process, from one
 */
public record Claim(int id, String name, int node) {}
