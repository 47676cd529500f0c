package io.roster.core.registry;

import io.roster.core.identity.Pid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Who stands under which key, and with what: one partition of a registry. Thread-safe, never
 * blocks.
 */
final class Holders<K, V> {

  /*
   * key → holder → values. An empty key goes away in the same atomic step as its last holder. Every change
   * of a key is a step of that key alone, and so one at a time.
   */

  private final ConcurrentHashMap<K, ConcurrentHashMap<Pid, List<V>>> holders =
      new ConcurrentHashMap<>();

  void add(K key, Pid pid, V value) {
    holders.compute(
        key,
        (_, present) -> {
          ConcurrentHashMap<Pid, List<V>> of =
              present == null ? new ConcurrentHashMap<>() : present;
          of.merge(pid, List.of(value), Holders::joined);
          return of;
        });
  }

  private static <V> List<V> joined(List<V> some, List<V> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** Takes {@code pid} away with all its values; returns how many. */
  int remove(K key, Pid pid) {
    int[] taken = {0};
    holders.computeIfPresent(
        key,
        (_, of) -> {
          List<V> values = of.remove(pid);
          taken[0] = values == null ? 0 : values.size();
          return of.isEmpty() ? null : of;
        });
    return taken[0];
  }

  /** Takes those values of {@code pid} away that are unwanted; returns how many. */
  int remove(K key, Pid pid, Predicate<? super V> unwanted) {
    int[] taken = {0};
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
    return taken[0];
  }

  List<V> values(K key, Pid pid) {
    ConcurrentHashMap<Pid, List<V>> of = holders.get(key);
    return of == null ? List.of() : of.getOrDefault(pid, List.of());
  }

  int count(K key) {
    ConcurrentHashMap<Pid, List<V>> of = holders.get(key);
    return of == null ? 0 : of.size();
  }

  void forEach(K key, BiConsumer<Pid, List<V>> action) {
    ConcurrentHashMap<Pid, List<V>> of = holders.get(key);
    if (of != null) {
      of.forEach(action);
    }
  }

  void forEach(BiConsumer<K, Map<Pid, List<V>>> action) {
    holders.forEach(action);
  }
}
