package io.roster.bench.stress;

import io.roster.bench.Effort;
import io.roster.bench.Stage;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.registry.DuplicateRegistry;
import io.roster.core.signal.ExitReason;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A key under which very many stand, and come and go all the time: 10,000 of each a second, in
 * batches. Half of those that leave say so before they end.
 */
final class HotKey {

  /** When the next batch is due. */
  static final int BATCH_MILLIS = 100;

  private static final String KEY = "hot";
  private static final int HOLDERS = 150_000;
  private static final int HOLDERS_LEAST = 2_000;
  private static final int BATCH = 1_000;
  private static final int BATCHES = 50;
  private static final int LAST = 10;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LOOK_AGAIN_NANOS = 10_000;

  private final ProcessSystem system;
  private final DuplicateRegistry<String, Integer> registry;
  private final ArrayDeque<Pid> holders = new ArrayDeque<>();

  private HotKey(ProcessSystem system) {
    this.system = system;
    this.registry = new DuplicateRegistry<>(system);
  }

  /**
   * How long after it was due a batch is wholly seen, in milliseconds: the median of the last ten,
   * which is longer than the time between two where a backlog grows.
   */
  static double batch(Effort effort) {
    int count = effort.count(HOLDERS, HOLDERS_LEAST);
    try (var system = Stage.system()) {
      var key = new HotKey(system);
      for (int i = 0; i < count; i++) {
        key.join();
      }
      int batches = effort.count(BATCHES, LAST);
      var late = new long[batches];
      long due = System.nanoTime();
      for (int i = 0; i < batches; i++) {
        key.comeAndGo();
        late[i] = System.nanoTime() - due;
        due += BATCH_MILLIS * NANOS_PER_MILLI;
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Arrays.sort(late, batches - LAST, batches);
      return late[batches - LAST / 2 - 1] / (double) NANOS_PER_MILLI;
    }
  }

  private void comeAndGo() {
    int before = holders.size();
    for (int i = 0; i < BATCH; i++) {
      join();
      leave(i % 2 == 0);
    }
    while (registry.count(KEY) != before) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private void join() {
    Pid pid = Stage.idle(system);
    if (!registry.register(KEY, pid, holders.size())) {
      throw new IllegalStateException("expected to stand under the key: " + pid);
    }
    holders.add(pid);
  }

  private void leave(boolean bySaying) {
    Pid oldest = holders.remove();
    if (bySaying && !registry.unregister(KEY, oldest)) {
      throw new IllegalStateException("expected to have stood under the key: " + oldest);
    }
    system.exit(oldest, ExitReason.shutdown());
  }
}
