package io.roster.core.time;

/** A monotonic clock. Thread-safe. */
@FunctionalInterface
public interface Ticker {

  /** The clock of this machine. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since an arbitrary moment; differences alone have a meaning. */
  long nowNanos();
}
