package io.roster.core.process;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The processes of one node by their serial. Thread-safe, never blocks. */
final class ProcessTable {

  private final NodeId node;
  private final int sizeMax;
  private final ConcurrentHashMap<Long, ProcessCell> cells = new ConcurrentHashMap<>();
  private final AtomicLong serials = new AtomicLong();

  ProcessTable(NodeId node, int sizeMax) {
    this.node = node;
    this.sizeMax = sizeMax;
  }

  /** A pid that nobody has had. */
  Pid nextPid() {
    if (cells.mappingCount() >= sizeMax) {
      throw new IllegalStateException(
          "process system " + node + ": already has " + sizeMax + " processes");
    }
    return new Pid(node, serials.incrementAndGet());
  }

  void add(ProcessCell cell) {
    cells.put(cell.pid().serial(), cell);
  }

  void remove(ProcessCell cell) {
    cells.remove(cell.pid().serial(), cell);
  }

  /** The process with a serial of this node, if it is alive. */
  Optional<ProcessCell> living(long serial) {
    ProcessCell cell = cells.get(serial);
    return cell != null && cell.isAlive() ? Optional.of(cell) : Optional.empty();
  }

  /** The processes of this moment, in no order; some may be dead. */
  List<ProcessCell> all() {
    return List.copyOf(cells.values());
  }

  /** How many there are, those whose end is under way among them. */
  int size() {
    return cells.size();
  }
}
