package io.roster.core.registry;

import io.roster.core.identity.Pid;

/**
 * One entry of a registry. Immutable.
 *
 * @param key the key
 * @param pid who registered under it
 * @param value what it gave with it
 * @param <K> the key's type
 * @param <V> the value's type
 */
public record Match<K, V>(K key, Pid pid, V value) {}
