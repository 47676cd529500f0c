package io.roster.core.registry;

import io.roster.core.identity.Pid;
import io.roster.core.process.HeldKeys;
import io.roster.core.process.ProcessSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keys of one node under which any number of processes stand, each with values: topics, groups,
 * properties. Thread-safe; nothing here blocks but {@link #dispatchInParallel} and {@link #locked}.
 *
 * <p>A process that ends is gone from all its keys before anybody hears of it, in the time of its
 * own keys, however popular they are. A process may stand under one key several times.
 *
 * @param <K> the keys, immutable
 * @param <V> the values, immutable
 * @see <a href="https://hexdocs.pm/elixir/Registry.html">Registry</a>
 */
public final class DuplicateRegistry<K, V> {

  /*
   * The map of a partition keeps keys apart by itself: its bins are partitions by key, and come and go of
   * one key do not wait for another's. What they share is the key. So partitions are of its holders: all
   * that concerns one process lies in one of them, and what concerns a key alone looks at each.
   */

  /** Below this many holders a parallel dispatch is not worth its threads. */
  private static final int CHUNK = 256;

  private static final int PARTITIONS_MAX = 1 << 10;

  private final ProcessSystem system;
  private final Holders<K, V>[] partitions;
  private final HeldKeys<K> own;
  private final Announcer<K, V> announcer;
  private final KeyLocks<K> locks;
  private final Metadata metadata = new Metadata();

  /**
   * A registry of the processes of {@code system}. All who stand under one key are kept together,
   * different keys apart.
   */
  public DuplicateRegistry(ProcessSystem system) {
    this(system, 1);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // filled here, with nothing else
  private DuplicateRegistry(ProcessSystem system, int partitions) {
    this.system = system;
    this.partitions = new Holders[partitions];
    Arrays.setAll(this.partitions, _ -> new Holders<K, V>());
    own = new HeldKeys<>(system, this::drop);
    announcer = new Announcer<>(system);
    locks = new KeyLocks<>(system);
  }

  /**
   * A registry that keeps those who stand under one key in several partitions, by their pids. It is
   * for keys of very many: who comes and goes waits for nobody of another partition, and a parallel
   * dispatch runs the partitions side by side. A lookup looks at each, so that a key of few is
   * dearer and larger.
   *
   * @param partitions as many as processors, as a rule; 1 to 1,024
   */
  public static <K, V> DuplicateRegistry<K, V> partitionedByPid(
      ProcessSystem system, int partitions) {
    if (partitions < 1 || partitions > PARTITIONS_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to %d partitions, got: %d".formatted(PARTITIONS_MAX, partitions));
    }
    return new DuplicateRegistry<>(system, partitions);
  }

  /** Where all lies that concerns {@code pid}. */
  private Holders<K, V> partition(Pid pid) {
    return partitions[partitionOf(pid)];
  }

  /**
   * By the high bits of a spread hash: the low ones place the pid in the map of its partition, and
   * must not be alike for all in there.
   */
  int partitionOf(Pid pid) {
    long spread = Integer.toUnsignedLong(pid.hashCode() * 0x9E3779B9);
    return (int) ((spread * partitions.length) >>> Integer.SIZE);
  }

  /** Tells {@code listener} of every registration and every end of one from now on. */
  public DuplicateRegistry<K, V> listen(RegistryListener<K, V> listener) {
    announcer.listen(listener);
    return this;
  }

  /**
   * Puts {@code pid}, a process of this node, under {@code key}.
   *
   * @return false if it is dead
   */
  public boolean register(K key, Pid pid, V value) {
    return own.note(key, pid) && announcer.inOrder(pid, () -> enter(key, pid, value));
  }

  private boolean enter(K key, Pid pid, V value) {
    partition(pid).add(key, pid, value);
    if (!system.isAlive(pid)) {
      // It may have ended before the entry was there for its end to find. What it had registered
      // before and was told goes with it, and that is told too.
      boolean earlier = values(key, pid).size() > 1;
      if (remove(key, pid) && earlier) {
        announcer.unregistered(key, pid);
      }
      return false;
    }
    announcer.registered(key, pid, value);
    return true;
  }

  /**
   * Takes {@code pid} away from {@code key}, with all its values.
   *
   * @return whether it stood there
   */
  public boolean unregister(K key, Pid pid) {
    // Forgotten first, so that a registration which comes in between stays noted.
    own.forget(key, pid);
    return drop(key, pid);
  }

  /**
   * Takes away from {@code key} the values that {@code pid} gave with it and {@code unwanted}
   * accepts. If none is left {@code pid} stands there no longer.
   *
   * @return how many were taken away
   */
  public int unregister(K key, Pid pid, Predicate<? super V> unwanted) {
    int[] taken = {0};
    boolean gone =
        announcer.inOrder(
            pid,
            () -> {
              taken[0] = partition(pid).remove(key, pid, unwanted);
              boolean last = taken[0] > 0 && values(key, pid).isEmpty();
              if (last) {
                announcer.unregistered(key, pid);
              }
              return last;
            });
    if (gone) {
      own.forget(key, pid);
    }
    return taken[0];
  }

  private boolean drop(K key, Pid pid) {
    return announcer.inOrder(
        pid,
        () -> {
          boolean dropped = remove(key, pid);
          if (dropped) {
            announcer.unregistered(key, pid);
          }
          return dropped;
        });
  }

  private boolean remove(K key, Pid pid) {
    return partition(pid).remove(key, pid) > 0;
  }

  /** Who stands under {@code key}, in no order. */
  public List<Match<K, V>> lookup(K key) {
    var found = new ArrayList<Match<K, V>>();
    for (Holders<K, V> partition : partitions) {
      partition.forEach(key, (pid, values) -> collect(key, pid, values, found));
    }
    return found;
  }

  /** What {@code pid} gave with {@code key}, in the order in which it did. */
  public List<V> values(K key, Pid pid) {
    return partition(pid).values(key, pid);
  }

  /** The keys that {@code pid} stands under. */
  public Set<K> keys(Pid pid) {
    return own.of(pid);
  }

  /** How many processes stand under {@code key}. */
  public int count(K key) {
    int count = 0;
    for (Holders<K, V> partition : partitions) {
      count += partition.count(key);
    }
    return count;
  }

  /**
   * How many entries there are, one for each value of each process under each key. Counts them:
   * nothing is kept for it at each change.
   */
  public long size() {
    long[] size = {0};
    for (Holders<K, V> partition : partitions) {
      partition.forEach((_, of) -> of.forEach((_, values) -> size[0] += values.size()));
    }
    return size[0];
  }

  /** The entries that {@code wanted} accepts, in no order. */
  public List<Match<K, V>> select(BiPredicate<? super K, ? super V> wanted) {
    var found = new ArrayList<Match<K, V>>();
    for (Holders<K, V> partition : partitions) {
      partition.forEach(
          (key, of) ->
              of.forEach(
                  (pid, values) -> {
                    for (V value : values) {
                      if (wanted.test(key, value)) {
                        found.add(new Match<>(key, pid, value));
                      }
                    }
                  }));
    }
    return found;
  }

  private static <K, V> void collect(K key, Pid pid, List<V> values, List<Match<K, V>> found) {
    for (V value : values) {
      found.add(new Match<>(key, pid, value));
    }
  }

  /**
   * Runs {@code action} while no other holder of this lock of {@code key} runs, as {@link
   * UniqueRegistry#locked} does. It does not hold up those who register under the key.
   */
  public <T> T locked(K key, Supplier<T> action) {
    return locks.locked(key, action);
  }

  /** What the registry knows about itself. */
  public Metadata metadata() {
    return metadata;
  }

  /** Sends {@code message} to every process under {@code key}; returns to how many. */
  public int publish(K key, Object message) {
    int[] sent = {0};
    for (Holders<K, V> partition : partitions) {
      partition.forEach(
          key,
          (pid, _) -> {
            var _ = system.send(pid, message);
            sent[0]++;
          });
    }
    return sent[0];
  }

  /** Calls {@code action} for every entry under {@code key}, here and now, in no order. */
  public void dispatch(K key, Consumer<Match<K, V>> action) {
    lookup(key).forEach(action);
  }

  /**
   * Calls {@code action} for every entry under {@code key} on several threads, the partitions side
   * by side and large ones in parts, and waits until all are done. What it throws is reported and
   * stops nothing.
   */
  public void dispatchInParallel(K key, Consumer<Match<K, V>> action) {
    var parts = new ArrayList<Thread>();
    for (Holders<K, V> partition : partitions) {
      var all = new ArrayList<Match<K, V>>();
      partition.forEach(key, (pid, values) -> collect(key, pid, values, all));
      for (int from = 0; from < all.size(); from += CHUNK) {
        parts.add(begin(all.subList(from, Math.min(from + CHUNK, all.size())), action));
      }
    }
    try {
      for (Thread part : parts) {
        part.join();
      }
    } catch (InterruptedException e) {
      throw system.interrupted("dispatching to " + key);
    }
  }

  private Thread begin(List<Match<K, V>> part, Consumer<Match<K, V>> action) {
    return Thread.ofVirtual()
        .name("dispatch@" + system.node().name())
        .start(() -> part.forEach(match -> system.guarded("dispatch", () -> action.accept(match))));
  }
}
