package io.roster.core.registry;

import io.roster.core.identity.Pid;
import io.roster.core.process.HeldKeys;
import io.roster.core.process.ProcessSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Keys of one node under which any number of processes stand, each with values: topics, groups,
 * properties. Thread-safe; nothing here blocks but {@link #dispatchInParallel}.
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
   * key → holder → values. An empty key goes away in the same atomic step as its last holder.
   */

  /** Below this many holders a parallel dispatch is not worth its threads. */
  private static final int CHUNK = 256;

  private final ProcessSystem system;
  private final ConcurrentHashMap<K, ConcurrentHashMap<Pid, List<V>>> holders =
      new ConcurrentHashMap<>();
  private final HeldKeys<K> own;
  private final Announcer<K, V> announcer;
  private final Metadata metadata = new Metadata();

  /** A registry of the processes of {@code system}. */
  public DuplicateRegistry(ProcessSystem system) {
    this.system = system;
    own = new HeldKeys<>(system, this::drop);
    announcer = new Announcer<>(system);
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
    holders.compute(
        key,
        (_, present) -> {
          ConcurrentHashMap<Pid, List<V>> of =
              present == null ? new ConcurrentHashMap<>() : present;
          of.merge(pid, List.of(value), DuplicateRegistry::joined);
          return of;
        });
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

  private static <V> List<V> joined(List<V> some, List<V> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
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
              holders.computeIfPresent(
                  key,
                  (_, of) -> {
                    of.computeIfPresent(
                        pid,
                        (_, values) -> {
                          List<V> kept = values.stream().filter(unwanted.negate()).toList();
                          taken[0] = values.size() - kept.size();
                          return kept.isEmpty() ? null : kept;
                        });
                    return of.isEmpty() ? null : of;
                  });
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
    boolean[] was = {false};
    holders.computeIfPresent(
        key,
        (_, of) -> {
          was[0] = of.remove(pid) != null;
          return of.isEmpty() ? null : of;
        });
    return was[0];
  }

  /** Who stands under {@code key}, in no order. */
  public List<Match<K, V>> lookup(K key) {
    var found = new ArrayList<Match<K, V>>();
    collect(key, holders.getOrDefault(key, new ConcurrentHashMap<>()), (_, _) -> true, found);
    return found;
  }

  /** What {@code pid} gave with {@code key}, in the order in which it did. */
  public List<V> values(K key, Pid pid) {
    ConcurrentHashMap<Pid, List<V>> of = holders.get(key);
    return of == null ? List.of() : of.getOrDefault(pid, List.of());
  }

  /** The keys that {@code pid} stands under. */
  public Set<K> keys(Pid pid) {
    return own.of(pid);
  }

  /** How many processes stand under {@code key}. */
  public int count(K key) {
    ConcurrentHashMap<Pid, List<V>> of = holders.get(key);
    return of == null ? 0 : of.size();
  }

  /** The entries that {@code wanted} accepts, in no order. */
  public List<Match<K, V>> select(BiPredicate<? super K, ? super V> wanted) {
    var found = new ArrayList<Match<K, V>>();
    holders.forEach((key, of) -> collect(key, of, wanted, found));
    return found;
  }

  private static <K, V> void collect(
      K key,
      Map<Pid, List<V>> of,
      BiPredicate<? super K, ? super V> wanted,
      List<Match<K, V>> found) {
    of.forEach(
        (pid, values) -> {
          for (V value : values) {
            if (wanted.test(key, value)) {
              found.add(new Match<>(key, pid, value));
            }
          }
        });
  }

  /** What the registry knows about itself. */
  public Metadata metadata() {
    return metadata;
  }

  /** Sends {@code message} to every process under {@code key}; returns to how many. */
  public int publish(K key, Object message) {
    ConcurrentHashMap<Pid, List<V>> of = holders.get(key);
    if (of == null) {
      return 0;
    }
    int[] sent = {0};
    of.forEach(
        (pid, _) -> {
          var _ = system.send(pid, message);
          sent[0]++;
        });
    return sent[0];
  }

  /** Calls {@code action} for every entry under {@code key}, here and now, in no order. */
  public void dispatch(K key, Consumer<Match<K, V>> action) {
    lookup(key).forEach(action);
  }

  /**
   * Calls {@code action} for every entry under {@code key} on several threads and waits until all
   * are done. What it throws is reported and stops nothing.
   */
  public void dispatchInParallel(K key, Consumer<Match<K, V>> action) {
    List<Match<K, V>> all = lookup(key);
    var parts = new ArrayList<Thread>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<Match<K, V>> part = all.subList(from, Math.min(from + CHUNK, all.size()));
      parts.add(
          Thread.ofVirtual()
              .name("dispatch@" + system.node().name())
              .start(
                  () ->
                      part.forEach(
                          match -> system.guarded("dispatch", () -> action.accept(match)))));
    }
    try {
      for (Thread part : parts) {
        part.join();
      }
    } catch (InterruptedException e) {
      throw system.interrupted("dispatching to " + key);
    }
  }
}
