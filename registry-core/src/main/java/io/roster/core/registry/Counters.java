package io.roster.core.registry;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitHook;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

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
  private final ConcurrentHashMap<Pid, ConcurrentHashMap<K, Long>> own = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<K, Sum> sums = new ConcurrentHashMap<>();
  private final ExitHook hook = this::release;

  /** What a key comes to, there while a process has a part in it. Immutable. */
  private record Sum(long total, int parts) {

    private Sum plus(long amount, int more) {
      return new Sum(total + amount, parts + more);
    }
  }

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
              ConcurrentHashMap<K, Long> of = present == null ? new ConcurrentHashMap<>() : present;
              int more = of.containsKey(key) ? 0 : 1;
              after[0] = of.merge(key, amount, Long::sum);
              sums.merge(key, new Sum(amount, 1), (sum, _) -> sum.plus(amount, more));
              return of;
            });
    return numbers == null ? OptionalLong.empty() : OptionalLong.of(after[0]);
  }

  /**
   * Takes {@code pid}'s number under {@code key} away, and out of the sum.
   *
   * @return whether it had one
   */
  public boolean remove(K key, Pid pid) {
    boolean[] was = {false};
    own.computeIfPresent(
        pid,
        (_, of) -> {
          Long number = of.remove(key);
          if (number != null) {
            was[0] = true;
            takeOut(key, number);
          }
          if (!of.isEmpty()) {
            return of;
          }
          system.removeOnExit(pid, hook);
          return null;
        });
    return was[0];
  }

  private void release(Pid pid, ExitReason reason) {
    own.computeIfPresent(
        pid,
        (_, of) -> {
          of.forEach(this::takeOut);
          return null;
        });
  }

  private void takeOut(K key, long number) {
    sums.computeIfPresent(key, (_, sum) -> sum.parts == 1 ? null : sum.plus(-number, -1));
  }

  /** {@code pid}'s number under {@code key}. */
  public long value(K key, Pid pid) {
    ConcurrentHashMap<K, Long> of = own.get(pid);
    return of == null ? 0 : of.getOrDefault(key, 0L);
  }

  /** The sum over all processes, in one step. */
  public long sum(K key) {
    Sum sum = sums.get(key);
    return sum == null ? 0 : sum.total;
  }

  /** How many keys somebody counts under. */
  public int size() {
    return sums.size();
  }
}
