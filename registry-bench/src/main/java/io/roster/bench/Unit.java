package io.roster.bench;

/** What a figure counts, and whether more of it is better. */
public enum Unit {
  /** Times per second. */
  PER_SECOND("1/s", true),
  /** Microseconds. */
  MICROSECONDS("µs", false),
  /** Milliseconds. */
  MILLISECONDS("ms", false),
  /** Seconds. */
  SECONDS("s", false),
  /** Bytes. */
  BYTES("B", false),
  /** How many times as much. */
  TIMES("×", false);

  private final String symbol;
  private final boolean moreIsBetter;

  Unit(String symbol, boolean moreIsBetter) {
    this.symbol = symbol;
    this.moreIsBetter = moreIsBetter;
  }

  /** As printed. */
  public String symbol() {
    return symbol;
  }

  /** The factor by which {@code ours} is better than {@code theirs}; more is better always. */
  public double ratio(double ours, double theirs) {
    return moreIsBetter ? ours / theirs : theirs / ours;
  }
}
