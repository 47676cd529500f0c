package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.process.Reactor.Reaction;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Reactor}: a thread while there is something to do, none otherwise. */
final class ReactorRunner implements Runner {

  /** Messages in one go before the next in the carrier's queue gets its turn. */
  private static final int BATCH = 256;

  /** Pauses between two looks for more of what was cast, see {@link Patience}. */
  private static final int PAUSES = 32;

  /** Messages between two looks at the clock. */
  private static final int LOOK = 32;

  /**
   * How long turns may follow each other before everybody gets the carrier, see {@link Workers}.
   */
  private static final long ROW_NANOS = 2_000_000;

  private final Reactor reactor;
  private final RunsOn runsOn;

  /** With the next message, once one has come. */
  private final Patience patience = new Patience();

  private volatile @Nullable Request current;
  private boolean begun;
  private long handled;
  private long busyNanos;

  /*
   * Of these times each thread sees what the one before it wrote: there is one at a time.
   *
   * A pause ends a row: whoever is called now and then takes nothing from others. But where very many
   * processes talk, each has pauses because it waits for its turn among the others. So a pause does not
   * count where the last turn began late.
   */

  private long rowBegan;
  private long scheduledAt;
  private long turnBegan;
  private long turnEnded;

  ReactorRunner(Reactor reactor, RunsOn runsOn) {
    this.reactor = reactor;
    this.runsOn = runsOn;
  }

  @Override
  public void schedule(ProcessCell cell, boolean meanwhile) {
    Threads threads = cell.system().threads();
    if (!Threads.ON_CARRIERS && isRowOver()) {
      threads.runBehindOthers(runsOn, cell);
    } else if (meanwhile) {
      threads.runMeanwhile(runsOn, cell);
    } else {
      threads.run(runsOn, cell);
    }
  }

  /** Whether turns have followed each other for long, the one to come among them. */
  private boolean isRowOver() {
    long now = System.nanoTime();
    boolean wasLate = turnBegan - scheduledAt > ROW_NANOS;
    if (!begun || (now - turnEnded > ROW_NANOS && !wasLate)) {
      rowBegan = now;
    }
    scheduledAt = now;
    if (now - rowBegan <= ROW_NANOS) {
      return false;
    }
    rowBegan = now;
    return true;
  }

  @Override
  public void run(ProcessCell cell, Current.Running running) {
    do {
      turn(cell, running);
      if (!Threads.ON_CARRIERS
          && turnEnded - rowBegan > ROW_NANOS
          && cell.isAlive()
          && !cell.mailbox().isEmpty()) {
        schedule(cell, false);
        return;
      }
    } while (cell.isAlive() && !cell.rest());
  }

  @Override
  public void ended(ProcessCell cell, ExitReason reason) {
    cell.system().currentProcess().guard("ended", () -> reactor.ended(reason));
  }

  @Override
  public String label() {
    return reactor.label();
  }

  @Override
  public Object state() {
    return reactor.state();
  }

  @Override
  public long handled() {
    return handled;
  }

  @Override
  public long busyNanos() {
    return busyNanos;
  }

  @Override
  public @Nullable Request current() {
    return current;
  }

  @Override
  public List<Pid> callers(ProcessCell cell) {
    Request served = current;
    return served == null ? List.of() : List.of(served.from());
  }

  private void turn(ProcessCell cell, Current.Running running) {
    turnBegan = System.nanoTime();
    cell.enter(Thread.currentThread());
    try {
      drain(cell, running);
    } finally {
      turnEnded = System.nanoTime();
      busyNanos += turnEnded - turnBegan;
      leave(cell);
    }
  }

  private static void leave(ProcessCell cell) {
    cell.leave();
    // The thread may serve another process next: an interrupt that was meant for this one ends
    // here.
    Thread.interrupted();
    if (!cell.isAlive()) {
      cell.system().exits().left(cell);
    }
  }

  private void drain(ProcessCell cell, Current.Running running) {
    if (!begun && cell.isAlive()) {
      begun = true;
      if (!perform(cell, () -> reactor.begin(cell.system().contextOf(cell)))) {
        return;
      }
    }
    int taken = 0;
    boolean asked = false;
    while (cell.isAlive() && !cell.isSuspended()) {
      Object item = cell.mailbox().poll();
      if (item == null && taken > 0 && nobodyElseWaits(cell, running)) {
        item = patience.await(() -> next(cell), asked ? 1 : PAUSES);
      }
      if (item == null) {
        break;
      }
      taken++;
      handled++;
      asked = item instanceof Request;
      if (!handle(cell, item)) {
        break;
      }
      if (!Threads.ON_CARRIERS && taken % LOOK == 0 && System.nanoTime() - rowBegan > ROW_NANOS) {
        break;
      }
      if (taken % BATCH == 0) {
        giveWay();
      }
    }
  }

  /** Whether the carrier is not better given to one that this turn has woken, or to other work. */
  private static boolean nobodyElseWaits(ProcessCell cell, Current.Running running) {
    return !running.hasWoken() && cell.system().threads().mayLook();
  }

  private static @Nullable Object next(ProcessCell cell) {
    return cell.isAlive() && !cell.isSuspended() ? cell.mailbox().poll() : null;
  }

  /** Virtual threads are not time-sliced: without this a busy server would keep its carrier. */
  @SuppressWarnings("ThreadPriorityCheck") // fairness alone depends on it, not correctness
  private static void giveWay() {
    Thread.yield();
  }

  private boolean handle(ProcessCell cell, Object item) {
    return switch (item) {
      case Request request -> handleRequest(cell, request);
      case Signal.Exit exit when cell.isParent(exit.from()) ->
          perform(cell, () -> new Reaction.Stop(exit.reason()));
      case StopTask(ExitReason reason) -> perform(cell, () -> new Reaction.Stop(reason));
      case SystemTask task -> {
        task.run();
        yield true;
      }
      default -> perform(cell, () -> react(cell, item));
    };
  }

  private boolean handleRequest(ProcessCell cell, Request request) {
    // Published before the look at life: whoever ends the process then sees it, or is seen here.
    current = request;
    if (!cell.isAlive()) {
      request.serverEnded(cell.pid(), cell.reasonForLate());
      return false;
    }
    Object body = request.body();
    try {
      return body == null || perform(cell, () -> react(cell, body));
    } finally {
      if (!request.isDone()) {
        request.watch(cell);
      }
      current = null;
    }
  }

  private Reaction react(ProcessCell cell, Object item) throws Exception {
    if (!cell.isTraced()) {
      return reactor.on(item);
    }
    cell.trace(new TraceEvent.Took(cell.pid(), item));
    long begunAt = System.nanoTime();
    try {
      return reactor.on(item);
    } finally {
      cell.trace(new TraceEvent.Handled(cell.pid(), item, System.nanoTime() - begunAt));
    }
  }

  private boolean perform(ProcessCell cell, Execution.Code<Reaction> code) {
    ExitReason reason;
    try {
      Reaction reaction = code.run();
      if (reaction instanceof Reaction.Stop(ExitReason asked)) {
        reason = asked;
      } else {
        return true;
      }
    } catch (Throwable thrown) {
      reason = Execution.reasonOf(cell, thrown);
    }
    if (cell.isAlive()) {
      cell.system().exits().end(cell, lastWords(cell, reason));
    }
    return false;
  }

  private ExitReason lastWords(ProcessCell cell, ExitReason reason) {
    @Nullable ExitReason changed = null;
    try {
      reactor.end(reason);
    } catch (Throwable thrown) {
      changed = Execution.reasonOf(cell, thrown);
    }
    return changed == null ? reason : changed;
  }
}
