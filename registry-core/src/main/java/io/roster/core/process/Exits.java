package io.roster.core.process;

import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.Relations.Watch;
import io.roster.core.process.Relations.Watched;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ends processes: at once, on the thread that decides it, whatever the process's own code does.
 * Thread-safe.
 */
final class Exits {

  /*
   * The order is the contract: dead → names and registrations free → out of the table → links and
   * monitors fire → the starter hears. So whoever handles a DOWN can take the name.
   *
   * A link can end the next process, and that the next: the cascade is a queue, not a recursion.
   */

  /** How long dead code may run on before it is reported. */
  private static final Duration ZOMBIE_GRACE = Duration.ofSeconds(1);

  private final ProcessSystem system;

  /** Dead processes whose code still runs. */
  private final Set<ProcessCell> zombies = ConcurrentHashMap.newKeySet();

  private record Ending(ProcessCell cell, ExitReason reason) {}

  /** Who ends next. Most ends take nobody along, so there is a queue only when somebody is. */
  private static final class Cascade {

    private @Nullable ArrayDeque<Ending> queue;

    void add(Ending next) {
      var present = queue;
      if (present == null) {
        present = new ArrayDeque<>();
        queue = present;
      }
      present.add(next);
    }

    @Nullable Ending poll() {
      return queue == null ? null : queue.poll();
    }
  }

  Exits(ProcessSystem system) {
    this.system = system;
  }

  int zombies() {
    return zombies.size();
  }

  /** Ends {@code cell}, and by its links whoever ends with it. Nothing if it is dead. */
  void end(ProcessCell cell, ExitReason reason) {
    var pending = new Cascade();
    finish(cell, reason, pending);
    for (Ending next = pending.poll(); next != null; next = pending.poll()) {
      finish(next.cell, next.reason, pending);
    }
  }

  private void finish(ProcessCell cell, ExitReason reason, Cascade pending) {
    if (reason instanceof ExitReason.Moved(Pid to)) {
      move(cell, to).ifPresent(ties -> release(cell, reason, ties, pending));
    } else {
      cell.die(reason).ifPresent(ties -> release(cell, reason, ties, pending));
    }
  }

  /**
   * Ends a process that goes on elsewhere; what waited for it goes there before what comes late.
   */
  private Optional<Relations> move(ProcessCell cell, Pid to) {
    Forwards.Move move = system.forwards().begin(cell.pid());
    try {
      Optional<Relations> ties = cell.die(new ExitReason.Moved(to));
      if (ties.isPresent()) {
        forwardRest(cell, to);
        move.arrived(to);
      }
      return ties;
    } finally {
      move.end();
    }
  }

  private void release(ProcessCell cell, ExitReason reason, Relations ties, Cascade pending) {
    Pid pid = cell.pid();
    boolean isTied = !ties.equals(Relations.NONE);
    if (isTied) {
      free(cell, reason, ties);
    }
    system.remove(cell);
    cell.stopAlarm();
    if (isTied) {
      ties.links().forEach((other, _) -> breakLink(pid, other, reason, pending));
      ties.watchers().forEach((key, watcher) -> tell(cell, key, watcher, reason));
      ties.monitors().forEach((ref, target) -> stopWatching(ref, target, pid));
    }
    failOpenRequests(cell, reason);
    if (cell.isTraced()) {
      cell.trace(new TraceEvent.Ended(pid, reason));
    }
    cell.runner().ended(cell, reason);
    watchForZombie(cell);
  }

  private void free(ProcessCell cell, ExitReason reason, Relations ties) {
    Pid pid = cell.pid();
    ties.names().forEach((name, _) -> system.localNames().release(name, cell));
    ties.hooks()
        .forEach(
            (hook, _) ->
                system.currentProcess().guard("exit hook", () -> hook.onExit(pid, reason)));
    ties.held()
        .forEach((in, keys) -> system.currentProcess().guard("keys", () -> in.left(pid, keys)));
    ties.aliases().forEach((alias, _) -> system.aliases().remove(alias));
  }

  private void breakLink(Pid from, Pid other, ExitReason reason, Cascade pending) {
    if (system.isHere(other)) {
      system.find(other).ifPresent(cell -> linkBroken(cell, from, reason, pending));
    } else {
      system.remote().links().broken(from, other, reason);
    }
  }

  /** The link of {@code cell} to {@code other} is gone. Nothing if there is none. */
  void linkBroken(ProcessCell cell, Pid other, ExitReason reason) {
    var pending = new Cascade();
    linkBroken(cell, other, reason, pending);
    for (Ending next = pending.poll(); next != null; next = pending.poll()) {
      finish(next.cell, next.reason, pending);
    }
  }

  private static void linkBroken(ProcessCell cell, Pid other, ExitReason reason, Cascade pending) {
    if (cell.linkBroken(other, reason) && !isHarmless(reason)) {
      pending.add(new Ending(cell, reason));
    }
  }

  /** A move is no end: who is linked goes on. */
  private static boolean isHarmless(ExitReason reason) {
    return switch (reason) {
      case ExitReason.Normal _, ExitReason.Moved _ -> true;
      case ExitReason.Shutdown _,
          ExitReason.Killed _,
          ExitReason.Crashed _,
          ExitReason.NoProcess _,
          ExitReason.NoConnection _,
          ExitReason.NodeLeaving _,
          ExitReason.QuorumLost _,
          ExitReason.NameConflict _ ->
          false;
    };
  }

  /** An exit signal that somebody sent. */
  void signal(ProcessCell cell, Pid from, ExitReason reason) {
    boolean own = from.equals(cell.pid());
    if (reason instanceof ExitReason.Killed) {
      end(cell, reason);
    } else if (cell.trapsExits()) {
      cell.offerSystem(new Signal.Exit(from, reason, false));
    } else if (own || !(reason instanceof ExitReason.Normal)) {
      end(cell, reason);
    }
  }

  private void tell(ProcessCell cell, Object key, Object watcher, ExitReason reason) {
    switch (watcher) {
      case Request request -> request.serverEnded(cell.pid(), reason);
      case Watch(ProcessCell local, Destination _) when local != null ->
          local.monitorFired((Ref) key, reason);
      case Watch(ProcessCell _, Destination object) -> {
        Ref ref = (Ref) key;
        system.remote().watcherGone(ref);
        var down = new Signal.Down(ref, object, reason);
        var _ = system.router().route(cell.pid(), ref.node().name(), down);
      }
      default -> throw new IllegalStateException("invariant: unknown watcher " + watcher);
    }
  }

  void stopWatching(Ref ref, Watched target, Pid watcher) {
    ProcessCell local = target.local();
    if (local == null) {
      system.remote().unwatch(ref, watcher);
    } else {
      local.removeWatcher(ref);
    }
  }

  private void failOpenRequests(ProcessCell cell, ExitReason reason) {
    if (!(reason instanceof ExitReason.Moved)) {
      cell.mailbox()
          .peekClosed(
              item -> {
                if (item instanceof Request request) {
                  request.serverEnded(cell.pid(), ExitReason.noProcess());
                }
              });
    }
    Request open = cell.runner().current();
    if (open != null) {
      open.serverEnded(cell.pid(), reason);
    }
  }

  /** What waited goes where the process went. The one who moves a process has stopped it before. */
  private void forwardRest(ProcessCell cell, Pid to) {
    List<Object> rest = new ArrayList<>();
    cell.mailbox().peekClosed(rest::add);
    for (Object item : rest) {
      switch (item) {
        case Request request -> request.follow(to);
        case Signal.Down _, Signal.Exit _, SystemTask _, StopTask _ -> {}
        default -> {
          // In the name of the one who moved, and not through the calling process: that is dead.
          var _ = system.send(cell.pid(), to, item);
        }
      }
    }
  }

  private void watchForZombie(ProcessCell cell) {
    boolean runs =
        cell.thread().filter(thread -> !thread.equals(Thread.currentThread())).isPresent();
    if (runs) {
      zombies.add(cell);
      if (cell.thread().isEmpty()) {
        zombies.remove(cell);
        return;
      }
      var _ = system.timers().after(ZOMBIE_GRACE, () -> reportZombie(cell));
    }
  }

  private void reportZombie(ProcessCell cell) {
    cell.thread()
        .filter(_ -> zombies.contains(cell))
        .ifPresent(
            thread ->
                system.report(
                    new ProcessReport.Zombie(
                        cell.pid(), cell.runner().label(), List.of(thread.getStackTrace()))));
  }

  /** The code of a dead process has come to its end. */
  void left(ProcessCell cell) {
    zombies.remove(cell);
    cell.stopAlarm();
  }
}
