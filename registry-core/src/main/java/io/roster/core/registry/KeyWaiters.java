package io.roster.core.registry;

import io.roster.core.process.ProcessSystem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Who waits for keys to be claimed. A claim costs one look, whoever waits. Thread-safe. */
final class KeyWaiters<K> {

  private final ProcessSystem system;
  private final ConcurrentHashMap<K, Gate> gates = new ConcurrentHashMap<>();

  /** Opens with the next claim of its key. */
  private static final class Gate {
    private final CountDownLatch claimed = new CountDownLatch(1);

    /** Changed under the key's entry. */
    private int waiters;
  }

  KeyWaiters(ProcessSystem system) {
    this.system = system;
  }

  /** {@code key} has been claimed and can be looked up. */
  void claimed(K key) {
    if (!gates.isEmpty()) {
      Gate gate = gates.remove(key);
      if (gate != null) {
        gate.claimed.countDown();
      }
    }
  }

  /** What {@code look} finds under {@code key} within {@code timeout}. */
  <T> Optional<T> await(K key, Supplier<Optional<T>> look, Duration timeout) {
    long begun = System.nanoTime();
    long nanos = TimeUnit.NANOSECONDS.convert(timeout); // no more than a long holds
    while (true) {
      Gate gate =
          gates.compute(
              key,
              (_, present) -> {
                Gate at = present == null ? new Gate() : present;
                at.waiters++;
                return at;
              });
      try {
        // Looked at with the gate in place: a claim either is seen here or opens the gate.
        Optional<T> found = look.get();
        long left = nanos - (System.nanoTime() - begun);
        if (found.isPresent() || !gate.claimed.await(left, TimeUnit.NANOSECONDS)) {
          return found.isPresent() ? found : look.get();
        }
      } catch (InterruptedException e) {
        throw system.interrupted("waiting for " + key);
      } finally {
        gates.computeIfPresent(key, (_, at) -> at == gate && --at.waiters == 0 ? null : at);
      }
    }
  }

  /** Keys that somebody waits for. */
  int size() {
    return gates.size();
  }
}
