package io.roster.core.registry;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.naming.Via;
import io.roster.core.process.ExitHook;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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

  /*
   * A claim is noted with its process first (the exit hook), then entered: so the end of the process always
   * finds it. Whoever enters looks once more whether the process lives, for it may have ended in between.
   */

  private final ProcessSystem system;
  private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Pid, Set<K>> keysOf = new ConcurrentHashMap<>();
  private final List<RegistryListener<K, V>> listeners = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<K, KeyLock> locks = new ConcurrentHashMap<>();
  private final ExitHook hook = this::release;

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

  private static final class KeyLock {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int users;
  }

  /** A registry of the processes of {@code system}. */
  public UniqueRegistry(ProcessSystem system) {
    this.system = system;
  }

  /** Tells {@code listener} of every registration and every end of one from now on. */
  public UniqueRegistry<K, V> listen(RegistryListener<K, V> listener) {
    listeners.add(listener);
    return this;
  }

  /** Claims {@code key} for {@code pid}, a process of this node. */
  public Claim register(K key, Pid pid, V value) {
    if (!note(key, pid)) {
      return new Claim.NotAlive();
    }
    var mine = new Entry<>(pid, value);
    while (true) {
      Entry<V> holder = entries.putIfAbsent(key, mine);
      if (holder == null) {
        break;
      }
      if (holder.pid.equals(pid)) {
        return new Claim.AlreadyRegistered(pid);
      }
      if (system.isAlive(holder.pid)) {
        forget(key, pid);
        return new Claim.AlreadyRegistered(holder.pid);
      }
      // Its end is under way and would free exactly this entry in a moment.
      drop(key, holder);
    }
    if (!system.isAlive(pid)) {
      drop(key, mine);
      return new Claim.NotAlive();
    }
    listeners.forEach(each -> each.registered(key, pid, value));
    return new Claim.Held();
  }

  /**
   * Gives {@code key} up if {@code pid} holds it.
   *
   * @return whether it did
   */
  public boolean unregister(K key, Pid pid) {
    Entry<V> holder = entries.get(key);
    if (holder == null || !holder.pid.equals(pid) || !drop(key, holder)) {
      return false;
    }
    forget(key, pid);
    return true;
  }

  /**
   * Notes a claim with its process; false if that is dead. Invariant: keys noted, hook attached.
   */
  private boolean note(K key, Pid pid) {
    Set<K> noted =
        keysOf.compute(
            pid,
            (_, present) -> {
              if (present == null && !system.onExit(pid, hook)) {
                return null;
              }
              Set<K> keys = present == null ? ConcurrentHashMap.newKeySet(4) : present;
              keys.add(key);
              return keys;
            });
    return noted != null;
  }

  private void forget(K key, Pid pid) {
    keysOf.computeIfPresent(
        pid,
        (_, keys) -> {
          keys.remove(key);
          if (!keys.isEmpty()) {
            return keys;
          }
          system.removeOnExit(pid, hook);
          return null;
        });
  }

  private boolean drop(K key, Entry<V> entry) {
    if (!entries.remove(key, entry)) {
      return false;
    }
    listeners.forEach(each -> each.unregistered(key, entry.pid));
    return true;
  }

  /** In the time of its own keys, whatever the size of the registry. */
  private void release(Pid pid, ExitReason reason) {
    Set<K> keys = keysOf.remove(pid);
    if (keys == null) {
      return;
    }
    for (K key : keys) {
      Entry<V> holder = entries.get(key);
      if (holder != null && holder.pid.equals(pid)) {
        drop(key, holder);
      }
    }
  }

  /**
   * Hands {@code key} and its value from {@code from} to {@code to} in one step; nobody else can
   * have it in between.
   *
   * @return false if {@code from} does not hold it, or {@code to} is dead
   */
  public boolean giveAway(K key, Pid from, Pid to) {
    Entry<V> present = entries.get(key);
    if (present == null || !present.pid.equals(from) || from.equals(to) || !note(key, to)) {
      return false;
    }
    var given = new Entry<>(to, present.value);
    if (!entries.replace(key, present, given)) {
      forget(key, to);
      return false;
    }
    forget(key, from);
    listeners.forEach(each -> each.unregistered(key, from));
    listeners.forEach(each -> each.registered(key, to, given.value));
    if (!system.isAlive(to)) {
      drop(key, given);
      return false;
    }
    return true;
  }

  /**
   * Waits until a process holds {@code key}.
   *
   * @return the holder; empty if nobody has it within {@code timeout}
   */
  public Optional<Entry<V>> await(K key, Duration timeout) {
    Optional<Entry<V>> present = living(key);
    if (present.isPresent()) {
      return present;
    }
    var claimed = new CountDownLatch(1);
    RegistryListener<K, V> watcher =
        new RegistryListener<>() {
          @Override
          public void registered(K other, Pid pid, V value) {
            if (other.equals(key)) {
              claimed.countDown();
            }
          }

          @Override
          public void unregistered(K other, Pid pid) {}
        };
    listeners.add(watcher);
    try {
      // Looked at once more: it may have been claimed before the watcher was there.
      Optional<Entry<V>> meanwhile = living(key);
      return meanwhile.isPresent() || claimed.await(timeout.toNanos(), TimeUnit.NANOSECONDS)
          ? living(key)
          : Optional.empty();
    } catch (InterruptedException e) {
      throw system.interrupted("waiting for " + key);
    } finally {
      listeners.remove(watcher);
    }
  }

  private Optional<Entry<V>> living(K key) {
    return lookup(key).filter(entry -> system.isAlive(entry.pid));
  }

  /** Who holds {@code key}; it may have died a moment ago. */
  public Optional<Entry<V>> lookup(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The living process that holds {@code key}. */
  public Optional<Pid> whereis(K key) {
    return lookup(key).map(Entry::pid).filter(system::isAlive);
  }

  /** The keys that {@code pid} holds. */
  public Set<K> keys(Pid pid) {
    return Set.copyOf(keysOf.getOrDefault(pid, Set.of()));
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
   * disturbed; a holder that throws or is killed lets go; whoever waits may be killed.
   */
  public <T> T locked(K key, Supplier<T> action) {
    KeyLock held =
        locks.compute(
            key,
            (_, present) -> {
              KeyLock lock = present == null ? new KeyLock() : present;
              lock.users++;
              return lock;
            });
    try {
      held.lock.lockInterruptibly();
      try {
        return action.get();
      } finally {
        held.lock.unlock();
      }
    } catch (InterruptedException e) {
      throw system.interrupted("waiting for the lock of " + key);
    } finally {
      locks.compute(key, (_, lock) -> lock == null || --lock.users == 0 ? null : lock);
    }
  }

  /** This registry as one of names, each of which stands for the key that {@code keyOf} gives. */
  public NameRegistry asNames(Function<ProcessName, K> keyOf, V value) {
    return new Names(keyOf, value);
  }

  /** A registry whose keys are names, to be used by {@link Via}. */
  public static NameRegistry ofNames(ProcessSystem system) {
    return new UniqueRegistry<ProcessName, Boolean>(system).asNames(name -> name, true);
  }

  private final class Names implements NameRegistry {

    private final Function<ProcessName, K> keyOf;
    private final V value;

    private Names(Function<ProcessName, K> keyOf, V value) {
      this.keyOf = keyOf;
      this.value = value;
    }

    @Override
    public Registration register(ProcessName name, Pid pid) {
      return switch (UniqueRegistry.this.register(keyOf.apply(name), pid, value)) {
        case Claim.Held() -> new Registration.Registered(name, pid);
        case Claim.AlreadyRegistered(Pid owner) when owner.equals(pid) ->
            new Registration.Registered(name, pid);
        case Claim.AlreadyRegistered(Pid owner) -> new Registration.AlreadyRegistered(name, owner);
        case Claim.NotAlive() -> new Registration.NotAlive(name, pid);
      };
    }

    @Override
    public boolean unregister(ProcessName name, Pid pid) {
      return UniqueRegistry.this.unregister(keyOf.apply(name), pid);
    }

    @Override
    public Optional<Pid> whereis(ProcessName name) {
      return UniqueRegistry.this.whereis(keyOf.apply(name));
    }
  }
}
