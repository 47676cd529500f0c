package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs a {@link ProcessBody} on a virtual thread to itself, with selective receive. */
final class PlainRunner implements Runner {

  /** Pauses between two looks for more messages, see {@link Patience}. */
  private static final int PAUSES = 32;

  private final ProcessBody body;

  /** Made with the first message that a receive passed over, by the process's own thread. */
  private volatile @Nullable PassedOver passedOver;

  private long handled;

  /** Whether a message has come since it last looked in vain: more may follow. */
  private boolean mayFollow;

  /** Counted by whoever wakes the process, so only roughly; begins anew after 256. */
  private byte wakes;

  /** On whose behalf it runs, if it answers somebody's request. */
  private @Nullable Lineage callers;

  PlainRunner(ProcessBody body) {
    this.body = body;
  }

  void runFor(@Nullable Lineage callers) {
    this.callers = callers;
  }

  @Nullable Lineage callers() {
    return callers;
  }

  @Override
  public List<Pid> callers(ProcessCell cell) {
    Lineage known = callers;
    return known == null ? List.of() : known.pids();
  }

  void begin(ProcessCell cell) {
    cell.system().threads().run(RunsOn.VIRTUAL, cell);
  }

  @Override
  public void schedule(ProcessCell cell, boolean meanwhile) {
    Thread sleeper = cell.thread().orElse(null);
    if (sleeper == null) {
      return;
    }
    // So many wakes may follow each other before others get the carrier, see Workers.
    if (++wakes == 0) {
      cell.system().threads().wakeBehindOthers(sleeper);
    } else {
      cell.system().currentProcess().wake(sleeper);
    }
  }

  @Override
  public void ended(ProcessCell cell, ExitReason reason) {}

  @Override
  public String label() {
    return body.getClass().getSimpleName();
  }

  @Override
  public long handled() {
    return handled;
  }

  @Override
  public int savedLength() {
    PassedOver present = passedOver;
    return present == null ? 0 : present.length();
  }

  @Override
  public void run(ProcessCell cell, Current.Running running) {
    cell.enter(Thread.currentThread());
    @Nullable ExitReason reason = null;
    try {
      if (cell.isAlive()) {
        body.run(cell.system().contextOf(cell));
      }
    } catch (Throwable thrown) {
      reason = Execution.reasonOf(cell, thrown);
    }
    if (cell.isAlive()) {
      cell.system().exits().end(cell, reason == null ? ExitReason.normal() : reason);
    }
    cell.leave();
    cell.system().exits().left(cell);
  }

  /**
   * Takes the first message that {@code wanted} accepts, the oldest first; empty after the time.
   */
  Optional<Object> receive(ProcessCell cell, Predicate<Object> wanted, long nanos) {
    Optional<Object> kept = takeSaved(wanted);
    if (kept.isPresent()) {
      return kept;
    }
    long end = Current.endOf(nanos);
    while (true) {
      cell.requireAlive();
      Object item = next(cell);
      if (item == null && mayFollow && cell.system().threads().mayLook()) {
        mayFollow = false;
        item = cell.patience().await(() -> next(cell), PAUSES);
      }
      if (item == null) {
        if (Current.isOver(end)) {
          return Optional.empty();
        }
        park(cell, end);
        continue;
      }
      Object message = open(cell, item);
      if (message == null) {
        continue;
      }
      handled++;
      mayFollow = true;
      if (cell.isTraced()) {
        cell.trace(new TraceEvent.Took(cell.pid(), message));
      }
      if (wanted.test(message)) {
        return Optional.of(message);
      }
      save(message);
    }
  }

  private static @Nullable Object next(ProcessCell cell) {
    return cell.isSuspended() ? null : cell.mailbox().poll();
  }

  private static @Nullable Object open(ProcessCell cell, Object item) {
    return switch (item) {
      case Request request -> {
        // Taken: from here on the request ends with the process, however it is answered.
        request.watch(cell);
        yield request.body();
      }
      case SystemTask task -> {
        task.run();
        yield null;
      }
      default -> item;
    };
  }

  private static void park(ProcessCell cell, long end) {
    if (cell.rest()) {
      if (cell.isAlive()) {
        cell.park(cell, end);
      }
      cell.stayActive();
    }
    if (Thread.interrupted()) {
      cell.requireAlive();
      throw new ProcessExit(ExitReason.killed());
    }
  }

  private void save(Object message) {
    PassedOver present = passedOver;
    if (present == null) {
      present = new PassedOver();
      passedOver = present;
    }
    present.add(message);
  }

  private Optional<Object> takeSaved(Predicate<Object> wanted) {
    PassedOver present = passedOver;
    return present == null ? Optional.empty() : present.take(wanted);
  }

  /** Drops a message that was passed over or not looked at yet. */
  boolean drop(ProcessCell cell, Predicate<Object> unwanted) {
    return takeSaved(unwanted).isPresent() || cell.mailbox().remove(unwanted);
  }
}
