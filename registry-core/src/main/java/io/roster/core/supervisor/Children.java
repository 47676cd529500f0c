package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The children of one supervisor in the order of their start. Confined to it. */
final class Children {

  private final LinkedHashMap<String, Child> byKey = new LinkedHashMap<>();
  private final Map<Pid, Child> byPid = new HashMap<>();

  /** Children that wait for a restart, by the process that ran last. */
  private final Map<Pid, Child> restarting = new HashMap<>();

  /** Children that wait for a name, by the monitor on its holder. */
  private final Map<Ref, Child> standingBy = new HashMap<>();

  /** The restarts so far. */
  private RestartHistory history = RestartHistory.EMPTY;

  void add(String key, Child child) {
    byKey.put(key, child);
  }

  Optional<Child> byKey(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  Optional<Child> byPid(Pid pid) {
    return Optional.ofNullable(byPid.get(pid));
  }

  /** The child that runs at {@code pid}, or last did and waits for its restart. */
  Optional<Child> byLastPid(Pid pid) {
    return byPid(pid).or(() -> Optional.ofNullable(restarting.get(pid)));
  }

  boolean holds(Child child) {
    return child.equals(byKey.get(child.key()));
  }

  void processIs(Child child, Pid pid) {
    byPid.put(pid, child);
  }

  void processGone(Pid pid) {
    byPid.remove(pid);
  }

  void restarts(Child child) {
    child.former().ifPresent(pid -> restarting.put(pid, child));
  }

  void restartsNoMore(Child child) {
    child.former().ifPresent(restarting::remove);
  }

  void standsBy(Ref holder, Child child) {
    standingBy.put(holder, child);
  }

  void standsByNoMore(Ref holder) {
    standingBy.remove(holder);
  }

  Optional<Child> standingBy(Ref holder) {
    return Optional.ofNullable(standingBy.get(holder));
  }

  void remove(Child child) {
    byKey.remove(child.key());
    child.pid().ifPresent(byPid::remove);
    restartsNoMore(child);
  }

  int size() {
    return byKey.size();
  }

  List<Child> inOrder() {
    return List.copyOf(byKey.values());
  }

  List<Child> reversed() {
    return List.copyOf(byKey.sequencedValues().reversed());
  }

  /** Notes a restart; false if that is one too many. */
  boolean mayRestart(long now, RestartLimit limit) {
    history = history.restartedAt(now, limit);
    return !history.exceeds(limit);
  }
}
