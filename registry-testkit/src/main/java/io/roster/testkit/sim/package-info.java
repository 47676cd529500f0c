/**
 * Deterministic simulation: one seed, one clock, one queue, one thread. What decides in production
 * runs here unchanged; only time and the network are made up. Equal seeds give equal runs.
 */
@NullMarked
package io.roster.testkit.sim;

import org.jspecify.annotations.NullMarked;
