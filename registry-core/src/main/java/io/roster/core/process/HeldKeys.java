package io.roster.core.process;

import io.roster.core.identity.Pid;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Which keys of one registry each living process holds, or anything else that is to go with it,
 * noted at the process itself: its end clears them in the time of its own keys, whatever the size
 * of the registry, before anybody hears of it. Thread-safe, never blocks.
 *
 * @param <K> the keys, immutable
 */
public final class HeldKeys<K> {

  /*
   * A key is noted before it is entered anywhere: the end of the process always finds it. Whoever enters
   * notes it once more afterwards, which fails if the process has ended in between.
   */

  private final ProcessSystem system;
  private final BiConsumer<K, Pid> clear;

  /**
   * For the processes of {@code system}.
   *
   * @param clear takes a key away from a process that has ended; it runs as an {@link ExitHook}
   *     does
   */
  public HeldKeys(ProcessSystem system, BiConsumer<K, Pid> clear) {
    this.system = system;
    this.clear = clear;
  }

  /** Notes a key, if it is not noted yet; false if {@code pid} is no living process of the node. */
  public boolean note(K key, Pid pid) {
    ProcessCell cell = system.find(pid).orElse(null);
    return cell != null && cell.noteKey(this, key);
  }

  /** Takes a note away; nothing if there is none. */
  public void forget(K key, Pid pid) {
    system.find(pid).ifPresent(cell -> cell.forgetKey(this, key));
  }

  /** The keys that are noted. */
  @SuppressWarnings("unchecked") // noted by this object's own methods alone
  public Set<K> of(Pid pid) {
    var keys = new HashSet<K>();
    system.find(pid).ifPresent(cell -> cell.forEachKey(this, key -> keys.add((K) key)));
    return Set.copyOf(keys);
  }

  /** The process is dead and has left these keys. */
  @SuppressWarnings("unchecked") // as above
  void left(Pid pid, CompactMap<Object, Boolean> keys) {
    keys.forEach((key, _) -> clear.accept((K) key, pid));
  }
}
