package io.roster.testkit.sim;

import java.util.stream.LongStream;

/**
 * Which seeds a test runs with: {@code -Dsim.seed=42} for that one alone, {@code -Dsim.seeds=5000}
 * for as many, else what the test asks for.
 */
public final class SeedRange {

  private SeedRange() {}

  /** The seeds of a test that asks for {@code count} by itself. */
  public static LongStream seeds(int count) {
    var one = Long.getLong("sim.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Integer.getInteger("sim.seeds", count));
  }
}
