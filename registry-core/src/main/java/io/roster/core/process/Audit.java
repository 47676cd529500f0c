package io.roster.core.process;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.process.Relations.Watch;
import io.roster.core.process.Relations.Watched;
import io.roster.core.time.SystemTimers;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for ties that lead nowhere: what a process that has ended, or an end of a link, should have
 * taken with it. Reads each process by itself, so while processes end it may name what is just
 * being cleared away.
 */
final class Audit {

  private final ProcessSystem system;
  private final List<String> findings = new ArrayList<>();
  private int alarms;

  /** The ties of one process at one moment. */
  private record Ties(
      List<Pid> links,
      List<Ref> monitors,
      List<Watched> monitored,
      List<Object> watcherKeys,
      List<Object> watchers,
      List<ProcessName> names,
      List<Alias> aliases) {

    private Ties() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }

    static Ties of(ProcessCell cell) {
      var ties = new Ties();
      return cell.read(
          relations -> {
            relations.links().forEach((other, _) -> ties.links.add(other));
            relations
                .monitors()
                .forEach(
                    (ref, target) -> {
                      ties.monitors.add(ref);
                      ties.monitored.add(target);
                    });
            relations
                .watchers()
                .forEach(
                    (key, watcher) -> {
                      ties.watcherKeys.add(key);
                      ties.watchers.add(watcher);
                    });
            relations.names().forEach((name, _) -> ties.names.add(name));
            relations.aliases().forEach((alias, _) -> ties.aliases.add(alias));
            return ties;
          },
          () -> ties);
    }
  }

  private Audit(ProcessSystem system) {
    this.system = system;
  }

  /** What is wrong, in words; empty if nothing is. */
  static List<String> of(ProcessSystem system, Iterable<ProcessCell> cells) {
    var audit = new Audit(system);
    for (ProcessCell cell : cells) {
      audit.check(cell);
    }
    audit.checkWaits();
    system.localNames().audit(audit.findings::add);
    system.aliases().audit(audit.findings::add);
    return List.copyOf(audit.findings);
  }

  private void check(ProcessCell cell) {
    if (!cell.isAlive()) {
      wrong(cell, "is dead and still listed");
      return;
    }
    if (cell.hasAlarmSet()) {
      alarms++;
    }
    Ties ties = Ties.of(cell);
    ties.links.forEach(other -> checkLink(cell, other));
    for (int i = 0; i < ties.monitors.size(); i++) {
      checkMonitor(cell, ties.monitors.get(i), ties.monitored.get(i));
    }
    for (int i = 0; i < ties.watchers.size(); i++) {
      checkWatcher(cell, ties.watcherKeys.get(i), ties.watchers.get(i));
    }
    for (ProcessName name : ties.names) {
      if (!system.localNames().isHeldBy(name, cell)) {
        wrong(cell, "thinks that it has the name " + name);
      }
    }
    for (Alias alias : ties.aliases) {
      if (!system.aliases().isActive(alias)) {
        wrong(cell, "keeps " + alias + ", which leads nowhere");
      }
    }
    long timers = system.timedSends().leftBehindAt(cell.pid());
    if (timers > 0) {
      wrong(cell, "keeps " + timers + " timers that will never ring");
    }
  }

  private void checkWaits() {
    SystemTimers waits = system.waits();
    // Where they are the system's timers too, others have set some.
    if (!waits.equals(system.timers()) && waits.pending() > alarms) {
      findings.add(waits.pending() + " waits are timed, processes have set " + alarms);
    }
  }

  private void checkLink(ProcessCell cell, Pid other) {
    if (system.isHere(other)) {
      boolean mutual =
          system.find(other).map(Ties::of).filter(of -> of.links.contains(cell.pid())).isPresent();
      if (!mutual) {
        wrong(cell, "is linked to " + other + ", which is dead or does not know");
      }
    }
  }

  private void checkMonitor(ProcessCell cell, Ref ref, Watched target) {
    ProcessCell local = target.local();
    if (local != null && !(local.isAlive() && Ties.of(local).watcherKeys.contains(ref))) {
      wrong(cell, "monitors " + target.object() + ", which is dead or does not know");
    }
  }

  private void checkWatcher(ProcessCell cell, Object key, Object watcher) {
    boolean waits =
        switch (watcher) {
          case Request request -> !request.isDone();
          case Watch(ProcessCell local, var _) when local != null ->
              local.isAlive() && key instanceof Ref ref && Ties.of(local).monitors.contains(ref);
          default -> true;
        };
    if (!waits) {
      wrong(cell, "is watched by " + watcher + ", which does not wait");
    }
  }

  private void wrong(ProcessCell cell, String what) {
    findings.add(cell.pid() + " " + cell.runner().label() + " " + what);
  }
}
