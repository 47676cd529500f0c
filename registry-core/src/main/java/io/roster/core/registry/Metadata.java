package io.roster.core.registry;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a registry knows about itself, for whoever uses it: options, the address of a companion.
 * Lives as long as the registry. Thread-safe.
 *
 * @see <a href="https://hexdocs.pm/elixir/Registry.html#put_meta/3">Registry.put_meta</a>
 */
public final class Metadata {

  private final ConcurrentHashMap<String, Object> values = new ConcurrentHashMap<>();

  Metadata() {}

  /** Sets a value. */
  public void put(String key, Object value) {
    values.put(key, value);
  }

  /**
   * A value.
   *
   * @throws ClassCastException if it is of another type
   */
  public <T> Optional<T> get(String key, Class<T> type) {
    return Optional.ofNullable(values.get(key)).map(type::cast);
  }

  /** Takes a value away; whether there was one. */
  public boolean remove(String key) {
    return values.remove(key) != null;
  }
}
