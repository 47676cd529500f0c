package io.roster.bench;

import java.util.Arrays;

/** Repeats a piece of work and takes the middle, which one bad moment does not move. */
public final class Rounds {

  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 5;
  private static final double NANOS_PER_SECOND = 1e9;

  private Rounds() {}

  /** A piece of work. */
  @FunctionalInterface
  public interface Body {

    /** Does it once; returns when all of it is done. */
    void run() throws Exception;
  }

  /** The median rate at which {@code body}, which does {@code count} things, does one. */
  public static double perSecond(int count, Body body) throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      body.run();
    }
    var rates = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long started = System.nanoTime();
      body.run();
      rates[i] = count * NANOS_PER_SECOND / (System.nanoTime() - started);
    }
    Arrays.sort(rates);
    return rates[ROUNDS / 2];
  }
}
