package io.roster.core.registry;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitHook;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Which keys each process stands under, so that its end clears them in the time of its own keys,
 * whatever the size of the registry. Thread-safe.
 */
final class OwnKeys<K> {

  /*
   * A key is noted here, and so with the exit hook of its process, before it is entered anywhere: the end of
   * the process always finds it. Whoever enters looks once more whether the process lives, for it may have
   * ended in between.
   */

  private final ProcessSystem system;
  private final ConcurrentHashMap<Pid, Set<K>> keysOf = new ConcurrentHashMap<>();
  private final BiConsumer<K, Pid> clear;
  private final ExitHook hook = this::release;

  /** {@code clear} takes a key away from a process that has ended. */
  OwnKeys(ProcessSystem system, BiConsumer<K, Pid> clear) {
    this.system = system;
    this.clear = clear;
  }

  /** Notes a key; false if the process is dead. Invariant: keys noted, hook attached. */
  boolean note(K key, Pid pid) {
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

  boolean isNoted(K key, Pid pid) {
    Set<K> keys = keysOf.get(pid);
    return keys != null && keys.contains(key);
  }

  void forget(K key, Pid pid) {
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

  private void release(Pid pid, ExitReason reason) {
    Set<K> keys = keysOf.remove(pid);
    if (keys != null) {
      keys.forEach(key -> clear.accept(key, pid));
    }
  }

  Set<K> of(Pid pid) {
    return Set.copyOf(keysOf.getOrDefault(pid, Set.of()));
  }
}
