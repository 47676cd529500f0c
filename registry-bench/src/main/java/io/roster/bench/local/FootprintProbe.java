package io.roster.bench.local;

import io.roster.bench.Figures;
import io.roster.bench.Stage;
import io.roster.core.process.ProcessSystem;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Measures what a heap has to itself: what idle processes take, and how fast a heap full of them
 * comes up. A program of its own, so that it runs with flags of its own and on a clean heap; tells
 * one figure.
 */
final class FootprintProbe {

  private static final int ROUNDS = 3;

  /**
   * One collection in four moves everything together; the others leave the dead in place where few
   * are among many that live, and count them.
   */
  private static final int COLLECTIONS = 5;

  private static final int WARM_UP_DIVISOR = 5;

  /**
   * Frames of code that is not compiled yet are several times as large, and stay while one waits.
   */
  private static final int WARM_UPS = 10;

  private static final double NANOS_PER_SECOND = 1e9;

  private FootprintProbe() {}

  /** Something that fills a system with processes, and returns when all of them are idle. */
  @FunctionalInterface
  private interface Filling {
    void fill(ProcessSystem system, int count) throws InterruptedException;
  }

  /** Measures the first argument, with as many processes as the second says. */
  public static void main(String[] arguments) throws Exception {
    String what = arguments[0];
    int count = Integer.parseInt(arguments[1]);
    Figures.tell(
        what,
        switch (what) {
          case "server_bytes" -> bytes(FootprintProbe::servers, count);
          case "process_bytes" -> bytes(FootprintProbe::processes, count);
          case "million_servers" -> seconds(count);
          default -> throw new IllegalArgumentException("expected a figure, got: " + what);
        });
    System.exit(0);
  }

  /** Heap for each process, its part of the process table among it. */
  private static double bytes(Filling filling, int count) throws Exception {
    // What is loaded once, and grown once, is no process's.
    for (int i = 0; i < WARM_UPS; i++) {
      try (var system = Stage.system()) {
        filling.fill(system, Math.max(1, count / WARM_UP_DIVISOR));
      }
    }
    try (var system = Stage.system()) {
      long before = usedBytes();
      filling.fill(system, count);
      long after = usedBytes();
      if (system.stats().processes() != count) {
        throw new IllegalStateException(
            "expected " + count + " processes, got: " + system.stats().processes());
      }
      return (after - before) / (double) count;
    }
  }

  private static double seconds(int count) throws Exception {
    try (var system = Stage.system()) {
      servers(system, Math.max(1, count / WARM_UP_DIVISOR));
    }
    var seconds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      try (var system = Stage.system()) {
        long started = System.nanoTime();
        servers(system, count);
        seconds[i] = (System.nanoTime() - started) / NANOS_PER_SECOND;
      }
      usedBytes(); // the next round begins on a clean heap
    }
    Arrays.sort(seconds);
    return seconds[ROUNDS / 2];
  }

  /** One process starts all of them, one after the other, as a program would. */
  private static void servers(ProcessSystem system, int count) throws InterruptedException {
    Stage.run(
        system,
        _ -> {
          for (int i = 0; i < count; i++) {
            var _ = Stage.server(system);
          }
        });
  }

  private static void processes(ProcessSystem system, int count) throws InterruptedException {
    var begun = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      var _ =
          system.spawn(
              self -> {
                begun.countDown();
                var _ = self.receive();
              });
    }
    begun.await();
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
