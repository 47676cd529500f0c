package io.roster.bench;

import java.util.Arrays;

/** How thoroughly to measure. */
public enum Effort {
  /** For figures that count. */
  FULL(3, 5, 5, 3, 1),
  /** To see that everything runs; the figures mean nothing. */
  QUICK(0, 0, 1, 1, 1_000);

  private static final double NANOS_PER_SECOND = 1e9;

  private final int warmUps;
  private final double warmUpSeconds;
  private final int rounds;
  private final int programs;
  private final int divisor;

  Effort(int warmUps, double warmUpSeconds, int rounds, int programs, int divisor) {
    this.warmUps = warmUps;
    this.warmUpSeconds = warmUpSeconds;
    this.rounds = rounds;
    this.programs = programs;
    this.divisor = divisor;
  }

  /** A piece of work. */
  @FunctionalInterface
  public interface Body {

    /** Does it once; returns when all of it is done. */
    void run() throws Exception;
  }

  /** A figure that a program of its own measures. */
  @FunctionalInterface
  public interface Probe {

    /** Runs the program once. */
    double measure() throws Exception;
  }

  /** By how much a full count is divided. */
  public int divisor() {
    return divisor;
  }

  /** How many to do, out of a full count; at least one for each of {@code parties}. */
  public int count(int full, int parties) {
    return Math.max(full / divisor, parties);
  }

  /** How many to do, out of a full count. */
  public int count(int full) {
    return count(full, 1);
  }

  /**
   * The rate at which {@code body}, which does {@code count} things, does one: the median of the
   * rounds, which one bad moment does not move.
   */
  public double perSecond(int count, Body body) throws Exception {
    warmUp(body);
    var rates = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long started = System.nanoTime();
      body.run();
      rates[i] = count * NANOS_PER_SECOND / (System.nanoTime() - started);
    }
    return median(rates);
  }

  /** The median of several runs of one program: the compiler does not do the same in each. */
  public double medianOfPrograms(Probe probe) throws Exception {
    var figures = new double[programs];
    for (int i = 0; i < programs; i++) {
      figures[i] = probe.measure();
    }
    return median(figures);
  }

  private static double median(double[] figures) {
    Arrays.sort(figures);
    return figures[figures.length / 2];
  }

  /** The compiler needs its time, however short a round is. */
  private void warmUp(Body body) throws Exception {
    long begun = System.nanoTime();
    double seconds = 0;
    for (int i = 0; i < warmUps || seconds < warmUpSeconds; i++) {
      body.run();
      seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    }
  }
}
