package io.roster.core.registry;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells listeners what happens to the keys of one registry, in order. Thread-safe. */
final class Announcer<K, V> {

  /*
   * The thread that registers announces the claim, the one that ends the process its end. Without a lock the
   * end could overtake the claim, or be told of a claim that never was. So a change and its announcement are
   * one step for each process; where nobody listens there is nothing to order and no lock.
   */

  private static final int LOCKS = 64;

  private final ProcessSystem system;
  private final List<RegistryListener<K, V>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  Announcer(ProcessSystem system) {
    this.system = system;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  void listen(RegistryListener<K, V> listener) {
    listeners.add(listener);
  }

  /** Changes a key of {@code pid} and announces that, in one step. */
  <T> T inOrder(Pid pid, Supplier<T> change) {
    if (listeners.isEmpty()) {
      return change.get();
    }
    return locked(lockOf(pid), change);
  }

  /** Changes a key of two processes and announces that, in one step. */
  <T> T inOrder(Pid one, Pid other, Supplier<T> change) {
    if (listeners.isEmpty()) {
      return change.get();
    }
    // Always the lower first, so that two such steps cannot wait for each other.
    int lower = Math.min(lockOf(one), lockOf(other));
    int higher = Math.max(lockOf(one), lockOf(other));
    return locked(lower, () -> locked(higher, change));
  }

  private static int lockOf(Pid pid) {
    return Math.floorMod(pid.hashCode(), LOCKS);
  }

  private <T> T locked(int at, Supplier<T> change) {
    locks[at].lock();
    try {
      return change.get();
    } finally {
      locks[at].unlock();
    }
  }

  void registered(K key, Pid pid, V value) {
    tell(listener -> listener.registered(key, pid, value));
  }

  void unregistered(K key, Pid pid) {
    tell(listener -> listener.unregistered(key, pid));
  }

  private void tell(Consumer<RegistryListener<K, V>> news) {
    for (RegistryListener<K, V> listener : listeners) {
      system.guarded("registry listener", () -> news.accept(listener));
    }
  }
}
