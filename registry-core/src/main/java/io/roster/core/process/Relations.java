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

  /** Who else ends with this process, or is told so. */
  final CompactMap<Pid, Boolean> links = new CompactMap<>();

  /** What this process watches, by monitor. */
  private @Nullable CompactMap<Ref, Watched> monitors;

  /** Who watches this process: a {@link Ref} → {@link Watch}, or a {@link Request} → itself. */
  private @Nullable CompactMap<Object, Object> watchers;

  private @Nullable CompactMap<ProcessName, Boolean> names;
  private @Nullable CompactMap<Alias, Boolean> aliases;
  private @Nullable CompactMap<ExitHook, Boolean> hooks;

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

  CompactMap<Ref, Watched> monitors() {
    var present = monitors;
    if (present == null) {
      present = new CompactMap<>();
      monitors = present;
    }
    return present;
  }

  CompactMap<Object, Object> watchers() {
    var present = watchers;
    if (present == null) {
      present = new CompactMap<>();
      watchers = present;
    }
    return present;
  }

  CompactMap<ProcessName, Boolean> names() {
    var present = names;
    if (present == null) {
      present = new CompactMap<>();
      names = present;
    }
    return present;
  }

  CompactMap<Alias, Boolean> aliases() {
    var present = aliases;
    if (present == null) {
      present = new CompactMap<>();
      aliases = present;
    }
    return present;
  }

  CompactMap<ExitHook, Boolean> hooks() {
    var present = hooks;
    if (present == null) {
      present = new CompactMap<>();
      hooks = present;
    }
    return present;
  }
}
