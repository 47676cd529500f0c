/** Races, provoked many times; each run prints the seed of its schedule. */
@org.jspecify.annotations.NullMarked
package io.roster.core.stress;
