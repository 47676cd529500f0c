package io.roster.core.process;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that costs little while it is small, as nearly all of them are. Keeps the order of
 * insertion. Not thread-safe.
 */
final class CompactMap<K, V> {

  private static final int SMALL_MAX = 8;

  private static final CompactMap<?, ?> EMPTY = new CompactMap<>();

  /** Keys and values in turn; unused once {@code large} is there. */
  private @Nullable Object[] small = new @Nullable Object[2];

  private int size;
  private @Nullable LinkedHashMap<K, V> large;

  /** {@code map}, or one that is always empty: nothing may be added to what comes back. */
  @SuppressWarnings("unchecked") // nothing is ever in it
  static <K, V> CompactMap<K, V> orEmpty(@Nullable CompactMap<K, V> map) {
    return map == null ? (CompactMap<K, V>) EMPTY : map;
  }

  /** {@code map}, or a new one, with {@code value} added. */
  static <K, V> CompactMap<K, V> with(@Nullable CompactMap<K, V> map, K key, V value) {
    var present = map == null ? new CompactMap<K, V>() : map;
    present.put(key, value);
    return present;
  }

  int size() {
    return large == null ? size : large.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  boolean containsKey(K key) {
    return large == null ? indexOf(key) >= 0 : large.containsKey(key);
  }

  /** Adds or replaces. */
  void put(K key, V value) {
    if (large != null) {
      large.put(key, value);
      return;
    }
    int at = indexOf(key);
    if (at >= 0) {
      small[at + 1] = value;
    } else if (size < SMALL_MAX) {
      if (2 * size == small.length) {
        small = Arrays.copyOf(small, Math.min(2 * small.length, 2 * SMALL_MAX));
      }
      small[2 * size] = key;
      small[2 * size + 1] = value;
      size++;
    } else {
      var grown = new LinkedHashMap<K, V>();
      forEach(grown::put);
      grown.put(key, value);
      large = grown;
      small = new @Nullable Object[0];
      size = 0;
    }
  }

  @Nullable V get(K key) {
    if (large != null) {
      return large.get(key);
    }
    int at = indexOf(key);
    return at < 0 ? null : valueAt(at);
  }

  @Nullable V remove(K key) {
    if (large != null) {
      return large.remove(key);
    }
    int at = indexOf(key);
    if (at < 0) {
      return null;
    }
    V value = valueAt(at);
    System.arraycopy(small, at + 2, small, at, 2 * size - at - 2);
    size--;
    small[2 * size] = null;
    small[2 * size + 1] = null;
    return value;
  }

  @SuppressWarnings("unchecked") // keys and values are stored by put alone
  void forEach(BiConsumer<? super K, ? super V> action) {
    if (large != null) {
      large.forEach(action);
      return;
    }
    for (int i = 0; i < size; i++) {
      K key = (K) small[2 * i];
      V value = (V) small[2 * i + 1];
      if (key != null && value != null) {
        action.accept(key, value);
      }
    }
  }

  @SuppressWarnings("unchecked") // as above
  private @Nullable V valueAt(int at) {
    return (V) small[at + 1];
  }

  private int indexOf(K key) {
    for (int i = 0; i < size; i++) {
      if (key.equals(small[2 * i])) {
        return 2 * i;
      }
    }
    return -1;
  }
}
