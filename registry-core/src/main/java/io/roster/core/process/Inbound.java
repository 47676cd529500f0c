package io.roster.core.process;

import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.Relations.Watch;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;

/** Applies the signals of other nodes' processes to those of this node. Thread-safe. */
final class Inbound {

  private final ProcessSystem system;

  Inbound(ProcessSystem system) {
    this.system = system;
  }

  SendResult take(Pid from, Destination to, Signal signal) {
    return switch (signal) {
      case Signal.Message(Object body) -> system.send(from, to, body);
      case Signal.Exit(Pid sender, ExitReason reason, boolean byLink) -> {
        system
            .find(to)
            .ifPresent(
                cell -> {
                  if (byLink) {
                    system.remote().links().forget(cell.pid(), sender);
                    system.exits().linkBroken(cell, sender, reason);
                  } else {
                    system.exits().signal(cell, sender, reason);
                  }
                });
        yield SendResult.delivered();
      }
      case Signal.Link(Pid sender) -> system.remote().links().linkArrived(sender, to);
      case Signal.Unlink(Pid sender, long id) -> {
        if (to instanceof Pid pid) {
          system.remote().links().unlinkArrived(sender, pid, id);
        }
        yield SendResult.delivered();
      }
      case Signal.Unlinked(Pid sender, long id) -> {
        if (to instanceof Pid pid) {
          system.remote().links().unlinkedArrived(sender, pid, id);
        }
        yield SendResult.delivered();
      }
      case Signal.Monitor(Ref ref) -> acceptMonitor(ref, to);
      case Signal.Demonitor(Ref ref) -> {
        system.remote().watcherGone(ref).ifPresent(cell -> cell.removeWatcher(ref));
        yield SendResult.delivered();
      }
      case Signal.Down down -> {
        system.deliver(from, down);
        yield SendResult.delivered();
      }
    };
  }

  private SendResult acceptMonitor(Ref ref, Destination to) {
    ProcessCell cell = system.ties().watched(to).orElse(null);
    if (cell != null) {
      system.remote().watchedFrom(ref, cell);
      if (cell.addWatcher(ref, new Watch(null, to)).isEmpty()) {
        return SendResult.delivered();
      }
      var _ = system.remote().watcherGone(ref);
    }
    ExitReason reason = system.ties().reasonForAbsent(to);
    Pid from = to instanceof Pid pid ? pid : system.outside();
    return system.router().route(from, ref.node().name(), new Signal.Down(ref, to, reason));
  }
}
