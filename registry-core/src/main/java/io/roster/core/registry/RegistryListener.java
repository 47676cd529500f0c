package io.roster.core.registry;

import io.roster.core.identity.Pid;

/**
 * Hears of registrations. Called on the thread that registers or that ends the process, before the
 * registration returns and before anybody hears of the end; must not block and must not throw. Of
 * one holder of a key, {@code registered} comes before {@code unregistered}; between two holders
 * there is no order.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public interface RegistryListener<K, V> {

  /** {@code pid} is under {@code key} now. */
  void registered(K key, Pid pid, V value);

  /** {@code pid} is no longer under {@code key}. */
  void unregistered(K key, Pid pid);
}
