package io.roster.core.registry;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitHook;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that processes of one node keep under common keys, and the sum over each key: how many
 * connections, how much work in hand. A process's part of the sum ends with the process.
 * Thread-safe, never blocks.
 *
 * @param <K> the keys, immutable
 * @see <a href="https://github.com/uwiger/gproc">gproc's counters and aggregated counters</a>
 */
public final class Counters<K> {

  private final ProcessSystem system;
  private final ConcurrentHashMap<Pid, ConcurrentHashMap<K, AtomicLong>> own =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<K, AtomicLong> sums = new ConcurrentHashMap<>();
  private final ExitHook hook = this::release;

  /** Counters of the processes of {@code system}. */
  public Counters(ProcessSystem system) {
    this.system = system;
  }

  /**
   * Adds to {@code pid}'s number under {@code key}, which begins at zero.
   *
   * @return its number now; empty if the process is dead
   */
  public OptionalLong add(K key, Pid pid, long amount) {
    // All changes of one process's numbers are made under its entry, its end among them.
    long[] after = {0};
    var numbers =
        own.compute(
            pid,
            (_, present) -> {
              if (present == null && !system.onExit(pid, hook)) {
                return null;
              }
              ConcurrentHashMap<K, AtomicLong> of =
                  present == null ? new ConcurrentHashMap<>() : present;
              after[0] = of.computeIfAbsent(key, _ -> new AtomicLong()).addAndGet(amount);
              sums.computeIfAbsent(key, _ -> new AtomicLong()).addAndGet(amount);
              return of;
            });
    return numbers == null ? OptionalLong.empty() : OptionalLong.of(after[0]);
  }

  private void release(Pid pid, ExitReason reason) {
    own.computeIfPresent(
        pid,
        (_, of) -> {
          of.forEach(
              (key, number) ->
                  sums.computeIfPresent(
                      key,
                      (_, sum) -> {
                        sum.addAndGet(-number.get());
                        return sum;
                      }));
          return null;
        });
  }

  /** {@code pid}'s number under {@code key}. */
  public long value(K key, Pid pid) {
    ConcurrentHashMap<K, AtomicLong> of = own.get(pid);
    AtomicLong number = of == null ? null : of.get(key);
    return number == null ? 0 : number.get();
  }

  /** The sum over all processes, in one step. */
  public long sum(K key) {
    AtomicLong sum = sums.get(key);
    return sum == null ? 0 : sum.get();
  }
}
