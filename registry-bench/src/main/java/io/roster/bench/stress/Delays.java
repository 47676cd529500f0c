package io.roster.bench.stress;

import io.roster.bench.EchoServer;
import io.roster.bench.Effort;
import io.roster.bench.Stage;
import io.roster.core.server.ServerRef;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** How much longer something takes while something else goes on. */
final class Delays {

  private static final int SAMPLES = 500;
  private static final int SAMPLES_LEAST = 20;
  private static final long PAUSE_NANOS = 1_000_000;
  private static final double PERCENTILE = 99;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int DIGITS = 3;

  private Delays() {}

  /** One try: what took how many nanoseconds. */
  @FunctionalInterface
  interface Sample {
    long nanos() throws Exception;
  }

  /** Something that disturbs from its making until it is closed. */
  interface Disturbance extends AutoCloseable {

    /** Whether it still disturbs. */
    boolean goesOn();

    @Override
    void close();
  }

  /** Begins to disturb. */
  @FunctionalInterface
  interface Disturbing {
    Disturbance begin() throws Exception;
  }

  /**
   * The 99th percentile of {@code sample} while disturbed, less that of {@code sample} in peace.
   *
   * @return milliseconds, zero at least
   * @throws IllegalStateException if the disturbance was over too early
   */
  static double usual(Sample sample, Disturbing disturbing, Effort effort) throws Exception {
    int samples = effort.count(SAMPLES, SAMPLES_LEAST);
    long inPeace = inPeace(sample, samples).getValueAtPercentile(PERCENTILE);
    try (var disturbance = disturbing.begin()) {
      long disturbed = times(sample, samples).getValueAtPercentile(PERCENTILE);
      if (!disturbance.goesOn()) {
        throw new IllegalStateException("expected the disturbance to outlast the measurement");
      }
      return Math.max(0, disturbed - inPeace) / NANOS_PER_MILLI;
    }
  }

  /**
   * The longest {@code sample} while disturbed. What waits until the disturbance is over has waited
   * for all of it.
   *
   * @return milliseconds
   */
  static double worst(Sample sample, Disturbing disturbing, Effort effort) throws Exception {
    int samples = effort.count(SAMPLES, SAMPLES_LEAST);
    var _ = inPeace(sample, samples);
    try (var _ = disturbing.begin()) {
      return times(sample, samples).getMaxValue() / NANOS_PER_MILLI;
    }
  }

  /** A sample: one call. */
  static long callNanos(ServerRef<EchoServer.Message> server) {
    long started = System.nanoTime();
    var _ = server.call(EchoServer.Get::new, Stage.PATIENCE).orElseThrow();
    return System.nanoTime() - started;
  }

  private static Histogram inPeace(Sample sample, int samples) throws Exception {
    var _ = times(sample, samples); // warms up
    return times(sample, samples);
  }

  private static Histogram times(Sample sample, int samples) throws Exception {
    var times = new Histogram(DIGITS);
    for (int i = 0; i < samples; i++) {
      times.recordValue(Math.max(0, sample.nanos()));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return times;
  }
}
