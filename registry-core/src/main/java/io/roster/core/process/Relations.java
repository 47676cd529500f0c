package io.roster.core.process;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import org.jspecify.annotations.Nullable;

/**
 * What ties one process to others. Made when the first tie is. Guarded by the lock of its {@link
 * ProcessCell}; never are two such locks held together.
 */
final class Relations {

  /** Of a process that has none. Nothing is ever added to it. */
  static final Relations NONE = new Relations();

  /** Who else ends with this process, or is told so. */
  private @Nullable CompactMap<Pid, Boolean> links;

  /** What this process watches, by monitor. */
  private @Nullable CompactMap<Ref, Watched> monitors;

  /** Who watches this process: a {@link Ref} → {@link Watch}, or a {@link Request} → itself. */
  private @Nullable CompactMap<Object, Object> watchers;

  private @Nullable CompactMap<ProcessName, Boolean> names;
  private @Nullable CompactMap<Alias, Boolean> aliases;
  private @Nullable CompactMap<ExitHook, Boolean> hooks;

  /** Keys that it holds in registries. */
  private @Nullable CompactMap<HeldKeys<?>, CompactMap<Object, Boolean>> held;

  /**
   * One monitor on this process.
   *
   * @param watcher who is told, or null if it lives on the ref's node
   * @param object what the watcher asked for
   */
  record Watch(@Nullable ProcessCell watcher, Destination object) {}

  /**
   * One monitor of this process's own.
   *
   * @param object what was asked for
   * @param local who that is, or null if it is on another node
   */
  record Watched(Destination object, @Nullable ProcessCell local) {}

  // To look at and take from; to add there is a method for each.

  CompactMap<Pid, Boolean> links() {
    return CompactMap.orEmpty(links);
  }

  CompactMap<Ref, Watched> monitors() {
    return CompactMap.orEmpty(monitors);
  }

  CompactMap<Object, Object> watchers() {
    return CompactMap.orEmpty(watchers);
  }

  CompactMap<ProcessName, Boolean> names() {
    return CompactMap.orEmpty(names);
  }

  CompactMap<Alias, Boolean> aliases() {
    return CompactMap.orEmpty(aliases);
  }

  CompactMap<ExitHook, Boolean> hooks() {
    return CompactMap.orEmpty(hooks);
  }

  CompactMap<HeldKeys<?>, CompactMap<Object, Boolean>> held() {
    return CompactMap.orEmpty(held);
  }

  void addLink(Pid other) {
    links = CompactMap.with(links, other, true);
  }

  void addMonitor(Ref ref, Watched target) {
    monitors = CompactMap.with(monitors, ref, target);
  }

  void addWatcher(Object key, Object watcher) {
    watchers = CompactMap.with(watchers, key, watcher);
  }

  void addName(ProcessName name) {
    names = CompactMap.with(names, name, true);
  }

  void addAlias(Alias alias) {
    aliases = CompactMap.with(aliases, alias, true);
  }

  void addHook(ExitHook hook) {
    hooks = CompactMap.with(hooks, hook, true);
  }

  void addKey(HeldKeys<?> in, Object key) {
    CompactMap<Object, Boolean> present = held().get(in);
    if (present == null) {
      held = CompactMap.with(held, in, CompactMap.with(null, key, true));
    } else {
      present.put(key, true);
    }
  }

  void removeKey(HeldKeys<?> in, Object key) {
    CompactMap<Object, Boolean> present = held().get(in);
    if (present != null && present.remove(key) != null && present.isEmpty()) {
      held().remove(in);
    }
  }
}
