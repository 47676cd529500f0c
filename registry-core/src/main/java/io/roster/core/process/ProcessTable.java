package io.roster.core.process;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The processes of one node by their serial. Thread-safe, never blocks. */
final class ProcessTable {

  /*
   * Serials come one after the other, so processes lie in pages of neighbours: a start writes one slot, and
   * the map of pages changes once in a page's length. A page goes when all its processes have come and
   * gone. At worst one process keeps a page by itself, some 350 bytes: hence the small pages.
   */

  private static final int PAGE_BITS = 6;
  private static final int PAGE_LENGTH = 1 << PAGE_BITS;

  private final NodeId node;
  private final int sizeMax;
  private final ConcurrentHashMap<Long, Page> pages = new ConcurrentHashMap<>();
  private final AtomicLong serials = new AtomicLong();
  private final LongAdder removed = new LongAdder();

  /** As many have gone at least; spares most starts to add {@code removed} up. */
  private volatile long removedSeen;

  /** Where the next process most likely goes. */
  private volatile Page newest = new Page(-1);

  private static final class Page {

    private final long number;
    private final AtomicReferenceArray<@Nullable ProcessCell> slots =
        new AtomicReferenceArray<>(PAGE_LENGTH);
    private final AtomicInteger toCome = new AtomicInteger(PAGE_LENGTH);

    private Page(long number) {
      this.number = number;
    }

    private void forEach(Consumer<ProcessCell> action) {
      for (int i = 0; i < PAGE_LENGTH; i++) {
        ProcessCell cell = slots.get(i);
        if (cell != null) {
          action.accept(cell);
        }
      }
    }
  }

  ProcessTable(NodeId node, int sizeMax) {
    this.node = node;
    this.sizeMax = sizeMax;
    // No process has the first serial, 0; its place is as good as left.
    page(0).toCome.decrementAndGet();
  }

  /** A pid that nobody has had, to be added. */
  Pid nextPid() {
    if (serials.get() - removedSeen >= sizeMax) {
      removedSeen = removed.sum();
      if (serials.get() - removedSeen >= sizeMax) {
        throw new IllegalStateException(
            "process system " + node + ": already has " + sizeMax + " processes");
      }
    }
    return new Pid(node, serials.incrementAndGet());
  }

  void add(ProcessCell cell) {
    long serial = cell.pid().serial();
    page(serial >> PAGE_BITS).slots.set(slot(serial), cell);
  }

  private Page page(long number) {
    Page page = newest;
    if (page.number != number) {
      page = pages.computeIfAbsent(number, Page::new);
      newest = page;
    }
    return page;
  }

  void remove(ProcessCell cell) {
    long serial = cell.pid().serial();
    Page page = pages.get(serial >> PAGE_BITS);
    if (page != null && page.slots.compareAndSet(slot(serial), cell, null)) {
      removed.increment();
      if (page.toCome.decrementAndGet() == 0) {
        pages.remove(page.number, page);
      }
    }
  }

  /** The process with a serial of this node, if it is there; it may be dead. */
  @Nullable ProcessCell get(long serial) {
    Page page = pages.get(serial >> PAGE_BITS);
    return page == null ? null : page.slots.get(slot(serial));
  }

  /** The process with a serial of this node, if it is alive. */
  Optional<ProcessCell> living(long serial) {
    ProcessCell cell = get(serial);
    return cell != null && cell.isAlive() ? Optional.of(cell) : Optional.empty();
  }

  private static int slot(long serial) {
    return (int) serial & (PAGE_LENGTH - 1);
  }

  /** The processes of this moment, in no order; some may be dead. */
  List<ProcessCell> all() {
    var all = new ArrayList<ProcessCell>();
    pages.values().forEach(page -> page.forEach(all::add));
    return List.copyOf(all);
  }

  /** How many there are, those that just start and those whose end is under way among them. */
  int size() {
    return (int) (serials.get() - removed.sum());
  }
}
