package io.roster.core.process;

import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Links over the border of this node, by the node at the other end. Thread-safe.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html#link_protocol">Erlang's
 *     link protocol</a>
 */
final class RemoteLinks {

  /*
   * Either end may link and unlink at any time, and signals of the two directions cross. An end is
   *
   *   linked      and hears of the other's end;
   *   unlinking   after its own unlink, until that is acknowledged: a Link which arrives meanwhile was sent
   *               by somebody who did not know of the unlink yet, and will be undone by it there. Dropped;
   *   apart       otherwise. A Link makes it linked.
   *
   * Who links while unlinking is linked again, and its Link follows its Unlink on the same way. So once all
   * signals have arrived both ends agree.
   *
   * That rests on each end changing and sending in one step: an acknowledgement that overtook the end's own
   * next Link would part them for ever. A lock for each pair makes it one; below it lie the locks of cells
   * and of the transport's queues alone.
   */

  private static final int LOCKS = 64;

  private final ProcessSystem system;
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final ConcurrentHashMap<NodeId, Set<Ends>> linked = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<NodeId, Map<Ends, Long>> unlinking = new ConcurrentHashMap<>();

  private record Ends(Pid here, Pid there) {}

  RemoteLinks(ProcessSystem system) {
    this.system = system;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** {@code cell} has noted the link on its side; now the other is told. */
  void link(ProcessCell cell, Pid there) {
    Pid here = cell.pid();
    var ends = new Ends(here, there);
    boolean sent =
        locked(
            ends,
            () -> {
              add(ends);
              acknowledged(ends, Optional.empty());
              return isSent(here, there, new Signal.Link(here));
            });
    if (!sent) {
      forget(here, there);
      system.exits().linkBroken(cell, there, new ExitReason.NoConnection(there.nodeName()));
    } else {
      // It may have been ended before the link was known here, and so without telling the other.
      cell.exited().ifPresent(reason -> broken(here, there, reason));
    }
  }

  /** Ends the link of {@code cell}; nothing if there is none. */
  void unlink(ProcessCell cell, Pid there) {
    Pid here = cell.pid();
    var ends = new Ends(here, there);
    var _ =
        locked(
            ends,
            () -> {
              if (cell.removeLink(there)) {
                remove(ends);
                long id = system.nextId();
                expect(ends, id);
                if (!isSent(here, there, new Signal.Unlink(here, id))) {
                  acknowledged(ends, Optional.of(id));
                }
              }
              return true;
            });
  }

  /** {@code here} has ended: its link goes, and the other end hears why. */
  void broken(Pid here, Pid there, ExitReason reason) {
    forget(here, there);
    var _ = isSent(here, there, new Signal.Exit(here, reason, true));
  }

  /** The other end's part in the link is over. */
  void forget(Pid here, Pid there) {
    remove(new Ends(here, there));
  }

  /** Another node's process links itself to one of ours. */
  SendResult linkArrived(Pid there, Destination to) {
    ProcessCell cell = system.find(to).orElse(null);
    if (cell != null && accept(cell, there)) {
      return SendResult.delivered();
    }
    Pid absent = to instanceof Pid pid ? pid : system.outside();
    return system
        .router()
        .route(absent, there, new Signal.Exit(absent, ExitReason.noProcess(), true));
  }

  private boolean accept(ProcessCell cell, Pid there) {
    var ends = new Ends(cell.pid(), there);
    return locked(
        ends,
        () -> {
          if (isUnlinking(ends)) {
            return true;
          }
          add(ends);
          boolean noted = cell.addLink(there);
          if (!noted) {
            remove(ends);
          }
          return noted;
        });
  }

  /** Another node's process ends its link to one of ours; it is told so even if that is dead. */
  void unlinkArrived(Pid there, Pid here, long id) {
    var ends = new Ends(here, there);
    var _ =
        locked(
            ends,
            () -> {
              system.find(here).ifPresent(cell -> cell.removeLink(there));
              remove(ends);
              return isSent(here, there, new Signal.Unlinked(here, id));
            });
  }

  /** The other end has heard of the unlink {@code id}. */
  void unlinkedArrived(Pid there, Pid here, long id) {
    acknowledged(new Ends(here, there), Optional.of(id));
  }

  /** Breaks every link to {@code node}. */
  void nodeDown(NodeId node, ExitReason reason) {
    unlinking.remove(node);
    Set<Ends> broken = linked.remove(node);
    if (broken != null) {
      for (Ends ends : broken) {
        system
            .find(ends.here)
            .ifPresent(cell -> system.exits().linkBroken(cell, ends.there, reason));
      }
    }
  }

  /** Links, and unlinks that wait for their acknowledgement. */
  int size() {
    return linked.values().stream().mapToInt(Set::size).sum()
        + unlinking.values().stream().mapToInt(Map::size).sum();
  }

  private boolean isSent(Pid here, Pid there, Signal signal) {
    return system.router().route(here, there, signal) instanceof SendResult.Delivered;
  }

  private boolean locked(Ends ends, java.util.function.BooleanSupplier step) {
    ReentrantLock lock = locks[Math.floorMod(ends.hashCode(), LOCKS)];
    lock.lock();
    try {
      return step.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  private void add(Ends ends) {
    linked.compute(
        ends.there.node(),
        (_, present) -> {
          Set<Ends> all = present == null ? ConcurrentHashMap.newKeySet() : present;
          all.add(ends);
          return all;
        });
  }

  private void remove(Ends ends) {
    linked.computeIfPresent(
        ends.there.node(),
        (_, all) -> {
          all.remove(ends);
          return all.isEmpty() ? null : all;
        });
  }

  private void expect(Ends ends, long id) {
    unlinking.compute(
        ends.there.node(),
        (_, present) -> {
          Map<Ends, Long> all = present == null ? new ConcurrentHashMap<>() : present;
          all.put(ends, id);
          return all;
        });
  }

  private boolean isUnlinking(Ends ends) {
    Map<Ends, Long> all = unlinking.get(ends.there.node());
    return all != null && all.containsKey(ends);
  }

  /** Waits no more for {@code id}, or for whatever was waited for. */
  private void acknowledged(Ends ends, Optional<Long> id) {
    unlinking.computeIfPresent(
        ends.there.node(),
        (_, all) -> {
          if (id.isEmpty()) {
            all.remove(ends);
          } else {
            all.remove(ends, id.get());
          }
          return all.isEmpty() ? null : all;
        });
  }
}
