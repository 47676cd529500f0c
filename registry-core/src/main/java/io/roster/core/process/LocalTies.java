package io.roster.core.process;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.Relations.Watch;
import io.roster.core.process.Relations.Watched;
import io.roster.core.signal.ExitReason;
import java.util.Optional;

/**
 * Links and monitors that processes of this node make. A tie is noted on both sides one after the
 * other, never under both locks; each time the first side is looked at once more. Thread-safe.
 */
final class LocalTies {

  private final ProcessSystem system;

  LocalTies(ProcessSystem system) {
    this.system = system;
  }

  /** Ties a process that has not begun to the one that starts it. */
  void tie(ProcessCell starter, Pid child, StartTies wanted) {
    if (wanted.linked()) {
      link(starter, child);
    }
    wanted.monitor().ifPresent(ref -> monitor(starter, child, ref));
  }

  void link(ProcessCell cell, Pid other) {
    Pid pid = cell.pid();
    if (other.equals(pid) || !cell.addLink(other)) {
      return;
    }
    if (!system.isHere(other)) {
      system.remote().links().link(cell, other);
      return;
    }
    Optional<ProcessCell> peer = system.find(other).filter(found -> found.addLink(pid));
    if (peer.isEmpty()) {
      system.exits().linkBroken(cell, other, ExitReason.noProcess());
    } else {
      // It may have been ended before its peer knew of the link.
      cell.exited().ifPresent(reason -> system.exits().linkBroken(peer.get(), pid, reason));
    }
  }

  void unlink(ProcessCell cell, Pid other) {
    if (!system.isHere(other)) {
      system.remote().links().unlink(cell, other);
    } else if (cell.removeLink(other)) {
      system.find(other).ifPresent(peer -> peer.removeLink(cell.pid()));
    }
  }

  Ref monitor(ProcessCell watcher, Destination target) {
    var ref = new Ref(system.node(), system.nextId());
    monitor(watcher, target, ref);
    return ref;
  }

  private void monitor(ProcessCell watcher, Destination target, Ref ref) {
    if (!system.isHere(target)) {
      watcher.addMonitor(ref, new Watched(target, null));
      if (!(system.remote().watch(ref, target, watcher.pid(), watcher)
          instanceof SendResult.Delivered)) {
        watcher.monitorFired(ref, new ExitReason.NoConnection(target.nodeName()));
      } else if (!watcher.isAlive()) {
        system.remote().unwatch(ref, watcher.pid());
      }
      return;
    }
    ProcessCell cell = watched(target).orElse(null);
    watcher.addMonitor(ref, new Watched(target, cell));
    Optional<ExitReason> late =
        cell == null
            ? Optional.of(reasonForAbsent(target))
            : cell.addWatcher(ref, new Watch(watcher, target));
    late.ifPresent(reason -> watcher.monitorFired(ref, reason));
    if (cell != null && !watcher.isAlive()) {
      cell.removeWatcher(ref);
    }
  }

  /** The process that a monitor of {@code target} is on: a name or an alias is resolved now. */
  Optional<ProcessCell> watched(Destination target) {
    return target instanceof Alias alias ? system.aliases().owner(alias) : system.find(target);
  }

  ExitReason reasonForAbsent(Destination target) {
    return system
        .movedTo(target)
        .<ExitReason>map(ExitReason.Moved::new)
        .orElseGet(ExitReason::noProcess);
  }
}
