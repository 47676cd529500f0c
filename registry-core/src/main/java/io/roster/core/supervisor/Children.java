package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.ProcessSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The children of one supervisor in the order of their start. Confined to it. */
final class Children {

  /*
   * A start that succeeds sends the supervisor no message. It is seen here, by whoever looks for the child:
   * nothing leaves this class that is noted as starting and runs.
   */

  private final boolean idsCount;
  private final Map<String, Child> byId = new HashMap<>();
  private final Map<Pid, Child> byPid = new HashMap<>();

  /** Children that wait for a restart, by the process that ran last. */
  private final Map<Pid, Child> restarting = new HashMap<>();

  /** Children that wait for a name, by the monitor on its holder. */
  private final Map<Ref, Child> standingBy = new HashMap<>();

  /** Those whose end can end the supervisor, few or none. */
  private final Set<Child> significant = new HashSet<>();

  private @Nullable Child first;
  private @Nullable Child last;
  private int size;

  /** How many children all walks have passed: what grows with them, so that a test can count it. */
  private long walked;

  /** The restarts so far. */
  private RestartHistory history = RestartHistory.EMPTY;

  /**
   * No children.
   *
   * @param idsCount whether their ids tell them apart
   */
  Children(boolean idsCount) {
    this.idsCount = idsCount;
  }

  void add(Child child) {
    if (idsCount) {
      byId.put(child.id(), child);
    }
    if (child.policy().significant()) {
      significant.add(child);
    }
    child.earlier = last;
    if (last == null) {
      first = child;
    } else {
      last.later = child;
    }
    last = child;
    size++;
  }

  void remove(Child child) {
    if (!holds(child)) {
      return;
    }
    byId.remove(child.id(), child);
    child.pid().ifPresent(byPid::remove);
    significant.remove(child);
    restartsNoMore(child);
    if (child.earlier == null) {
      first = child.later;
    } else {
      child.earlier.later = child.later;
    }
    if (child.later == null) {
      last = child.earlier;
    } else {
      child.later.earlier = child.earlier;
    }
    child.earlier = null;
    child.later = null;
    size--;
  }

  boolean holds(Child child) {
    return child.earlier != null || child.equals(first);
  }

  Optional<Child> byId(String id) {
    return seen(byId.get(id));
  }

  Optional<Child> byPid(Pid pid) {
    return seen(byPid.get(pid));
  }

  /** The child that runs at {@code pid}, or last did and waits for its restart. */
  Optional<Child> byLastPid(Pid pid) {
    Optional<Child> found = byPid(pid);
    return found.isPresent()
        ? found
        : seen(restarting.get(pid)).filter(child -> child.equals(restarting.get(pid)));
  }

  private Optional<Child> seen(@Nullable Child child) {
    if (child != null) {
      Pid started = child.startedMeanwhile();
      if (started != null) {
        child.answered();
        runs(child, started);
      }
    }
    return Optional.ofNullable(child);
  }

  void runs(Child child, Pid pid) {
    restartsNoMore(child);
    processIs(child, pid);
    child.running(pid);
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
    if (!restarting.isEmpty()) {
      child.former().ifPresent(restarting::remove);
    }
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

  int size() {
    return size;
  }

  List<Child> inOrder() {
    var all = new ArrayList<Child>(size);
    for (Child at = first; at != null; at = at.later) {
      walked++;
      seen(at).ifPresent(all::add);
    }
    return all;
  }

  long walked() {
    return walked;
  }

  List<Child> reversed() {
    return inOrder().reversed();
  }

  /** Whether a significant child has not ended for good. */
  boolean isSignificantLeft() {
    return significant.stream().anyMatch(child -> !child.is(ChildInfo.Status.DOWN));
  }

  /** How many there are, of those that run only the living as active. */
  ChildCounts counts(ProcessSystem system) {
    int active = 0;
    int supervisors = 0;
    for (Child child : inOrder()) {
      boolean runs = child.is(ChildInfo.Status.RUNNING) || child.is(ChildInfo.Status.STOPPING);
      active += runs && child.pid().filter(system::isAlive).isPresent() ? 1 : 0;
      supervisors += child.policy().type() == ChildType.SUPERVISOR ? 1 : 0;
    }
    return new ChildCounts(size, active, supervisors, size - supervisors);
  }

  /** Notes a restart; false if that is one too many. */
  boolean mayRestart(long now, RestartLimit limit) {
    history = history.restartedAt(now, limit);
    return !history.exceeds(limit);
  }
}
