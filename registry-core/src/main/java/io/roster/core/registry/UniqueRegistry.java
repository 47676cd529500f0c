package io.roster.core.registry;

import io.roster.core.carrier.Carriers;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Via;
import io.roster.core.process.HeldKeys;
import io.roster.core.process.ProcessSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Keys of one node, each held by one process at a time and carrying a value. Thread-safe; nothing
 * here blocks but {@link #locked}.
 *
 * <p>A key is free before anybody hears of its holder's end. A lookup may return a process that
 * died a moment ago.
 *
 * @param <K> the keys, immutable
 * @param <V> the values, immutable
 * @see <a href="https://hexdocs.pm/elixir/Registry.html">Registry</a>
 */
public final class UniqueRegistry<K, V> {

  private final ProcessSystem system;
  private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final HeldKeys<K> own;
  private final Announcer<K, V> announcer;
  private final KeyLocks<K> locks;
  private final KeyWaiters<K> waiters;
  private final Metadata metadata = new Metadata();

  /**
   * Who holds a key.
   *
   * @param pid the holder
   * @param value what it gave with the key
   * @param <V> the value's type
   */
  public record Entry<V>(Pid pid, V value) {}

  /** What became of a claim. Immutable. */
  public sealed interface Claim {

    /** The key is the claimant's. */
    record Held() implements Claim {}

    /**
     * The key is another's, or was the claimant's before.
     *
     * @param owner who has it
     */
    record AlreadyRegistered(Pid owner) implements Claim {}

    /** The claimant is not alive. */
    record NotAlive() implements Claim {}
  }

  /** A registry of the processes of {@code system}. */
  public UniqueRegistry(ProcessSystem system) {
    this.system = system;
    own = new HeldKeys<>(system, this::clear);
    announcer = new Announcer<>(system);
    locks = new KeyLocks<>(system);
    waiters = new KeyWaiters<>(system);
  }

  /** Tells {@code listener} of every registration and every end of one from now on. */
  public UniqueRegistry<K, V> listen(RegistryListener<K, V> listener) {
    announcer.listen(listener);
    return this;
  }

  /** Claims {@code key} for {@code pid}, a process of this node. */
  public Claim register(K key, Pid pid, V value) {
    if (!own.note(key, pid)) {
      return new Claim.NotAlive();
    }
    var mine = new Entry<>(pid, value);
    while (true) {
      Optional<Claim> claim = announcer.inOrder(pid, () -> enter(key, mine));
      if (claim.isPresent()) {
        return claim.get();
      }
      dropDead(key);
    }
  }

  /** Enters a claim that is noted; empty if a dead holder is in the way. */
  private Optional<Claim> enter(K key, Entry<V> mine) {
    Entry<V> holder = entries.putIfAbsent(key, mine);
    if (holder == null) {
      // Another claim that failed meanwhile may have taken the note away.
      if (!own.note(key, mine.pid)) {
        entries.remove(key, mine);
        return Optional.of(new Claim.NotAlive());
      }
      announcer.registered(key, mine.pid, mine.value);
      waiters.claimed(key);
      return Optional.of(new Claim.Held());
    }
    if (holder.pid.equals(mine.pid)) {
      return Optional.of(new Claim.AlreadyRegistered(mine.pid));
    }
    if (system.isAlive(holder.pid)) {
      settle(key, mine.pid);
      return Optional.of(new Claim.AlreadyRegistered(holder.pid));
    }
    return Optional.empty();
  }

  /**
   * Notes {@code key} if it is the process's and forgets it if not. Whoever has noted or changed a
   * key ends with it, so the last of them leaves note and entry in agreement.
   */
  private void settle(K key, Pid pid) {
    boolean holds;
    do {
      holds = holds(key, pid);
      if (!holds) {
        own.forget(key, pid);
      } else if (!own.note(key, pid)) {
        clear(key, pid);
      }
    } while (holds(key, pid) != holds);
  }

  private boolean holds(K key, Pid pid) {
    Entry<V> present = entries.get(key);
    return present != null && present.pid.equals(pid);
  }

  /** The end of a dead holder is under way and would free exactly this entry in a moment. */
  private void dropDead(K key) {
    Entry<V> holder = entries.get(key);
    if (holder != null && !system.isAlive(holder.pid)) {
      drop(key, holder);
    }
  }

  /**
   * Gives {@code key} up if {@code pid} holds it.
   *
   * @return whether it did
   */
  public boolean unregister(K key, Pid pid) {
    for (Entry<V> holder = entries.get(key);
        holder != null && holder.pid.equals(pid);
        holder = entries.get(key)) {
      if (drop(key, holder)) {
        settle(key, pid);
        return true;
      }
    }
    return false;
  }

  private boolean drop(K key, Entry<V> entry) {
    return announcer.inOrder(
        entry.pid,
        () -> {
          boolean dropped = entries.remove(key, entry);
          if (dropped) {
            announcer.unregistered(key, entry.pid);
          }
          return dropped;
        });
  }

  private void clear(K key, Pid dead) {
    Entry<V> holder = entries.get(key);
    if (holder != null && holder.pid.equals(dead)) {
      drop(key, holder);
    }
  }

  /**
   * Hands {@code key} and its value from {@code from} to {@code to} in one step; nobody else can
   * have it in between.
   *
   * @return false if {@code from} does not hold it, or {@code to} is dead; if {@code to} dies
   *     meanwhile nobody holds it
   */
  public boolean giveAway(K key, Pid from, Pid to) {
    if (!holds(key, from) || from.equals(to) || !own.note(key, to)) {
      return false;
    }
    boolean given = handOver(key, from, to);
    settle(key, from);
    // It may have ended before the entry was there for its end to find.
    settle(key, to);
    if (given) {
      waiters.claimed(key);
    }
    return given && system.isAlive(to);
  }

  private boolean handOver(K key, Pid from, Pid to) {
    for (Entry<V> held = entries.get(key);
        held != null && held.pid.equals(from);
        held = entries.get(key)) {
      Entry<V> present = held;
      var given = new Entry<>(to, present.value);
      boolean replaced =
          announcer.inOrder(
              from,
              to,
              () -> {
                boolean changed = entries.replace(key, present, given);
                if (changed) {
                  announcer.unregistered(key, from);
                  announcer.registered(key, to, given.value);
                }
                return changed;
              });
      if (replaced) {
        return true;
      }
    }
    return false;
  }

  /**
   * Waits until a process holds {@code key}.
   *
   * @return the holder; empty if nobody has it within {@code timeout}
   */
  public Optional<Entry<V>> await(K key, Duration timeout) {
    return waiters.await(key, () -> living(key), timeout);
  }

  private Optional<Entry<V>> living(K key) {
    return lookup(key).filter(entry -> system.isAlive(entry.pid));
  }

  /** Who holds {@code key}; it may have died a moment ago. */
  public Optional<Entry<V>> lookup(K key) {
    Carriers.step();
    return Optional.ofNullable(entries.get(key));
  }

  /** The living process that holds {@code key}. */
  public Optional<Pid> whereis(K key) {
    return lookup(key).map(Entry::pid).filter(system::isAlive);
  }

  /** The keys that {@code pid} holds. */
  public Set<K> keys(Pid pid) {
    return own.of(pid);
  }

  /** How many keys are held. */
  public int size() {
    return entries.size();
  }

  /**
   * Replaces the value of a key that {@code pid} holds.
   *
   * @return the new value; empty if the key is not its
   */
  public Optional<V> updateValue(K key, Pid pid, UnaryOperator<V> change) {
    return Optional.ofNullable(
            entries.computeIfPresent(
                key,
                (_, entry) ->
                    entry.pid.equals(pid) ? new Entry<>(pid, change.apply(entry.value)) : entry))
        .filter(entry -> entry.pid.equals(pid))
        .map(Entry::value);
  }

  /** The keys and holders that {@code wanted} accepts, in no order. */
  public List<Match<K, V>> select(BiPredicate<? super K, ? super V> wanted) {
    var found = new ArrayList<Match<K, V>>();
    entries.forEach(
        (key, entry) -> {
          if (wanted.test(key, entry.value)) {
            found.add(new Match<>(key, entry.pid, entry.value));
          }
        });
    return found;
  }

  /**
   * Runs {@code action} while no other holder of this lock of {@code key} runs. Other keys are not
   * disturbed; a holder that throws lets go, as does one that is killed, by its interruption: if
   * its code ignores that, it keeps the lock until the code ends. Whoever waits may be killed.
   */
  public <T> T locked(K key, Supplier<T> action) {
    return locks.locked(key, action);
  }

  /** What the registry knows about itself. */
  public Metadata metadata() {
    return metadata;
  }

  /** Keys that somebody waits for. */
  int waiting() {
    return waiters.size();
  }

  /** Locks that somebody holds or waits for. */
  int locksInUse() {
    return locks.size();
  }

  /** This registry as one of names, each of which stands for the key that {@code keyOf} gives. */
  public NameRegistry asNames(Function<ProcessName, K> keyOf, V value) {
    return new RegistryNames<>(this, keyOf, value);
  }

  /** A registry whose keys are names, to be used by {@link Via}. */
  public static NameRegistry ofNames(ProcessSystem system) {
    return new UniqueRegistry<ProcessName, Boolean>(system).asNames(name -> name, true);
  }
}
