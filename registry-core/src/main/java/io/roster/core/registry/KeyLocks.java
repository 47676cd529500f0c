package io.roster.core.registry;

import io.roster.core.process.ProcessSystem;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock for each key, there while somebody uses it. Fair; thread-safe. */
final class KeyLocks<K> {

  private final ProcessSystem system;
  private final ConcurrentHashMap<K, KeyLock> locks = new ConcurrentHashMap<>();

  private static final class KeyLock {
    private final ReentrantLock lock = new ReentrantLock(true);

    /** Who holds it or waits for it; changed under the key's entry. */
    private int users;
  }

  KeyLocks(ProcessSystem system) {
    this.system = system;
  }

  <T> T locked(K key, Supplier<T> action) {
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
      locks.computeIfPresent(key, (_, lock) -> --lock.users == 0 ? null : lock);
    }
  }

  /** Locks that somebody holds or waits for. */
  int size() {
    return locks.size();
  }
}
