package io.roster.core.process;

import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.Relations.Watch;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.util.Optional;

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
                    system.remote().removeLink(cell.pid(), sender);
                    system.exits().linkBroken(cell, sender, reason);
                  } else {
                    system.exits().signal(cell, sender, reason);
                  }
                });
        yield SendResult.delivered();
      }
      case Signal.Link(Pid sender) -> acceptLink(sender, to);
      case Signal.Unlink(Pid sender) -> {
        system.find(to).ifPresent(cell -> cell.removeLink(sender));
        if (to instanceof Pid pid) {
          system.remote().removeLink(pid, sender);
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

  private SendResult acceptLink(Pid sender, Destination to) {
    Optional<ProcessCell> cell = system.find(to);
    cell.ifPresent(found -> system.remote().addLink(found.pid(), sender));
    if (cell.isPresent() && cell.get().addLink(sender)) {
      return SendResult.delivered();
    }
    cell.ifPresent(found -> system.remote().removeLink(found.pid(), sender));
    Pid absent = to instanceof Pid pid ? pid : system.outside();
    return system
        .router()
        .route(absent, sender, new Signal.Exit(absent, ExitReason.noProcess(), true));
  }

  private SendResult acceptMonitor(Ref ref, Destination to) {
    ProcessCell cell = system.find(to).orElse(null);
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
