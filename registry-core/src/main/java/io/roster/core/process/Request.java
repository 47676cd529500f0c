package io.roster.core.process;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One question to a process and its answer: the floor that calls stand on. Thread-safe; ends
 * exactly once.
 *
 * @see <a
 *     href="https://www.erlang.org/doc/apps/stdlib/gen_server.html#send_request/2">send_request</a>
 */
public final class Request {

  /*
   * OTP: monitor with an alias, send, wait. Here a request to a process of this node needs neither table:
   * it lies in the server's mailbox itself. Whoever ends the server fails what lies there and what is being
   * handled; a request that is still open when its handler returns joins the server's watchers. So the
   * common call takes no lock. Only a request that crosses the wire gets an alias and a remote monitor.
   *
   * The first of reply, end of the server, refusal, time-out and cancellation decides; the others find the
   * outcome taken. A reply that comes later is told so.
   */

  /** How a request ended. Immutable. */
  public sealed interface Outcome {

    /**
     * With an answer.
     *
     * @param value the answer
     */
    record Replied(Object value) implements Outcome {}

    /**
     * The server ended, or never was, before it answered.
     *
     * @param server who was asked
     * @param reason why it ended
     */
    record ServerEnded(Destination server, ExitReason reason) implements Outcome {}

    /**
     * The request was not taken.
     *
     * @param why what became of the send
     */
    record Refused(SendResult why) implements Outcome {}

    /**
     * No answer came in time; it may have run, or still run.
     *
     * @param waited how long
     */
    record TimedOut(Duration waited) implements Outcome {}

    /** The one who asked gave it up. */
    record Cancelled() implements Outcome {}
  }

  private static final VarHandle OUTCOME;
  private static final VarHandle LISTENER;

  static {
    try {
      OUTCOME = MethodHandles.lookup().findVarHandle(Request.class, "outcome", Outcome.class);
      LISTENER = MethodHandles.lookup().findVarHandle(Request.class, "listener", Consumer.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ProcessSystem system;
  private final @Nullable ProcessCell asker;
  private @Nullable Object body;

  @SuppressWarnings("unused") // through OUTCOME
  private volatile @Nullable Outcome outcome;

  private boolean endsWithMove;

  /**
   * The last move that the wait went along with, for which the server may have taken the request.
   */
  private volatile ExitReason.@Nullable Moved movedOn;

  private volatile @Nullable Thread waiter;
  private volatile @Nullable ProcessCell watched;
  private volatile @Nullable Ref remoteRef;
  private volatile @Nullable Alias alias;

  /**
   * Taken away by whoever calls it: the one who decides, or the one who came too late to be seen.
   */
  private volatile @Nullable Consumer<Outcome> listener;

  /** In the name of {@code asker}, or of nobody. */
  Request(ProcessSystem system, @Nullable ProcessCell asker) {
    this.system = system;
    this.asker = asker;
  }

  /** The address for a reply from another node; revoked when the request ends. */
  public synchronized Alias alias() {
    Alias present = alias;
    if (present == null) {
      present = new Alias(system.node(), system.nextId());
      alias = present;
      if (outcome == null) {
        system.aliases().put(present, this);
      }
      if (outcome != null) {
        system.aliases().remove(present);
      }
    }
    return present;
  }

  /** Sends {@code body} to {@code to}. To be called once. */
  public Request send(Destination to, Object body) {
    this.body = body;
    if (!system.isHere(to)) {
      sendRemotely(to, body);
      return this;
    }
    ProcessCell local = system.receiver(to);
    if (local == null) {
      sendLate(to);
    } else {
      sendLocally(local, to);
    }
    return this;
  }

  /** Nobody is there any more: where it has moved, the request goes there. */
  private void sendLate(Destination to) {
    Object message = body;
    Optional<Pid> moved = system.movedTo(to);
    if (moved.isPresent() && message != null) {
      send(moved.get(), message);
    } else {
      complete(new Outcome.ServerEnded(to, ExitReason.noProcess()));
    }
  }

  private void sendLocally(ProcessCell cell, Destination to) {
    boolean sleeps = asker != null && asker.runsOn(Thread.currentThread()) && !mayLook(asker);
    switch (cell.offerUser(this, sleeps)) {
      case TAKEN -> {}
      case FULL -> complete(new Outcome.Refused(cell.overloaded(to)));
      case CLOSED -> sendLate(to);
    }
  }

  private static boolean mayLook(ProcessCell asker) {
    return !Threads.ON_CARRIERS && asker.patience().pays();
  }

  /** Asks another node's process, or asks the process again where it has moved to. */
  void sendRemotely(Destination to, Object body) {
    watchRemotely(to);
    if (outcome != null) {
      return;
    }
    SendResult sent = system.router().route(from(), to, new Signal.Message(body));
    if (!(sent instanceof SendResult.Delivered)) {
      complete(new Outcome.Refused(sent));
    }
  }

  private void watchRemotely(Destination to) {
    Ref ref = new Ref(system.node(), system.nextId());
    remoteRef = ref;
    SendResult sent = system.remote().watch(ref, to, from(), this);
    if (!(sent instanceof SendResult.Delivered)) {
      complete(new Outcome.Refused(sent));
    } else if (outcome != null) {
      stopRemoteWatch();
    }
  }

  /** Waits for nothing but the end of {@code pid}, which a move counts as. */
  Request watch(Pid pid) {
    endsWithMove = true;
    if (!system.isHere(pid)) {
      watchRemotely(pid);
      return this;
    }
    system
        .find(pid)
        .ifPresentOrElse(
            this::watch,
            () ->
                complete(
                    new Outcome.ServerEnded(
                        pid,
                        system
                            .movedTo(pid)
                            .<ExitReason>map(ExitReason.Moved::new)
                            .orElseGet(ExitReason::noProcess))));
    return this;
  }

  /**
   * Starts a plain process to answer this request by {@link #reply}. Its end, if that comes first,
   * ends the request.
   *
   * @param linked whether it is linked to the calling process, if a process calls
   */
  public Pid spawn(ProcessBody work, boolean linked) {
    ProcessCell cell = system.makeOwnPlain(work, linked);
    workedOnBy(cell);
    endsWithMove = true;
    watch(cell);
    system.beginPlain(cell);
    return cell.pid();
  }

  /** What a server holds, seen between two messages; empty if it does not come to it in time. */
  Optional<Object> lookAt(ProcessCell cell, Duration timeout) {
    if (!(cell.runner() instanceof ReactorRunner)) {
      return Optional.empty();
    }
    endsWithMove = true;
    watch(cell);
    cell.offerSystem((SystemTask) () -> reply(cell.runner().state()));
    return await(timeout) instanceof Outcome.Replied(Object state)
        ? Optional.of(state)
        : Optional.empty();
  }

  /** Notes for {@code cell} on whose behalf it runs. */
  void workedOnBy(ProcessCell cell) {
    if (asker != null && cell.runner() instanceof PlainRunner plain) {
      Lineage callers = asker.runner() instanceof PlainRunner own ? own.callers() : null;
      plain.runFor(Lineage.under(asker.pid(), callers));
    }
  }

  /** Sends on what waited for a process that has moved; the answer may come from there. */
  void follow(Pid to) {
    Object message = body;
    if (message != null && outcome == null) {
      send(to, message);
    }
  }

  /**
   * Waits for the outcome, and takes a time-out for one. Interruption ends a process that waits.
   */
  public Outcome await(Duration timeout) {
    return awaitFor(timeout)
        .orElseGet(
            () -> {
              complete(new Outcome.TimedOut(timeout));
              return done();
            });
  }

  /**
   * Waits for the outcome; the request goes on when the time is over. Interruption ends a process
   * that waits.
   */
  public Optional<Outcome> awaitFor(Duration timeout) {
    long nanos = saturatedNanos(timeout);
    if (outcome != null || nanos <= 0) {
      return outcome();
    }
    Thread present = Thread.currentThread();
    ProcessCell owner =
        asker != null && asker.runsOn(present) ? asker : system.currentProcess().ownerOrNull();
    if (owner != null && !Threads.ON_CARRIERS && owner.patience().await(() -> outcome, 1) != null) {
      return outcome();
    }
    long end = Current.endOf(nanos);
    waiter = present;
    while (outcome == null) {
      Current.park(owner, this, end);
      if (outcome == null && Thread.interrupted()) {
        complete(new Outcome.Cancelled());
        throw system.interrupted("waiting for a reply");
      }
      if (outcome == null && Current.isOver(end)) {
        break;
      }
    }
    return outcome();
  }

  static long saturatedNanos(Duration timeout) {
    return timeout.compareTo(Duration.ofDays(36_500)) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
  }

  private Outcome done() {
    Outcome present = outcome;
    if (present == null) {
      throw new IllegalStateException("invariant: the request has ended");
    }
    return present;
  }

  /** The outcome, if there is one yet. */
  public Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  /**
   * Calls {@code action} once with the outcome, on the thread that decides it, or now if it has
   * been decided; it must not block. One listener at most.
   */
  public void whenDone(Consumer<Outcome> action) {
    listener = action;
    Outcome present = outcome;
    if (present != null) {
      tellListener(present);
    }
  }

  @SuppressWarnings("unchecked") // the field's type
  private void tellListener(Outcome decided) {
    var told = (Consumer<Outcome>) LISTENER.getAndSet(this, (Consumer<Outcome>) null);
    if (told != null) {
      system.currentProcess().guard("request listener", () -> told.accept(decided));
    }
  }

  /** Gives the request up: a reply that comes later is dropped. */
  public void cancel() {
    complete(new Outcome.Cancelled());
  }

  /** Gives the request up as one that took too long; a reply that comes later is dropped. */
  public void timeOut(Duration waited) {
    complete(new Outcome.TimedOut(waited));
  }

  /**
   * Kills the process that works on it, and nobody else: its link to the one who asks, if there is
   * one, goes first.
   */
  public void killWorker(Pid worker) {
    if (asker != null) {
      system.ties().unlink(asker, worker);
    }
    system.exit(worker, ExitReason.killed());
  }

  /**
   * Answers the request.
   *
   * @return whether somebody still waited
   */
  public boolean reply(Object value) {
    return complete(new Outcome.Replied(value));
  }

  /** The question was not taken; returns whether somebody still waited. */
  boolean refused(SendResult why) {
    return complete(new Outcome.Refused(why));
  }

  /** Whether it has ended. */
  public boolean isDone() {
    return outcome != null;
  }

  boolean complete(Outcome decided) {
    if (!OUTCOME.compareAndSet(this, (Outcome) null, decided)) {
      return false;
    }
    release();
    Thread waiting = waiter;
    if (waiting != null) {
      system.currentProcess().wake(waiting);
    }
    if (listener != null) {
      tellListener(decided);
    }
    return true;
  }

  private void release() {
    ProcessCell cell = watched;
    if (cell != null) {
      cell.removeWatcher(this);
    }
    stopRemoteWatch();
    Alias present = alias;
    if (present != null) {
      system.aliases().remove(present);
    }
  }

  private void stopRemoteWatch() {
    Ref ref = remoteRef;
    if (ref != null) {
      system.remote().unwatch(ref, from());
    }
  }

  @Nullable Object body() {
    return body;
  }

  /** Who asks. */
  public Pid from() {
    return asker == null ? system.outside() : asker.pid();
  }

  /** Makes {@code cell}'s end the end of this request, which its handler left open. */
  void watch(ProcessCell cell) {
    watched = cell;
    if (outcome == null) {
      Optional<ExitReason> late = cell.addWatcher(this, this);
      // Why it ended, not that nobody is there: its handler has had the request.
      late.ifPresent(reason -> serverEnded(cell.pid(), cell.exited().orElse(reason)));
    }
    if (outcome != null) {
      cell.removeWatcher(this);
    }
  }

  /**
   * The server has ended; where it has moved on, so does the wait. It may have taken the request
   * before: that nobody is there at the new place does not mean that it has not run.
   */
  void serverEnded(Destination server, ExitReason reason) {
    switch (reason) {
      case ExitReason.Moved moved when !endsWithMove -> {
        watched = null;
        stopRemoteWatch();
        movedOn = moved;
        Pid to = moved.to();
        if (system.isHere(to)) {
          system
              .find(to)
              .ifPresentOrElse(this::watch, () -> serverEnded(to, ExitReason.noProcess()));
        } else {
          watchRemotely(to);
        }
      }
      case ExitReason.NoConnection(NodeName node) ->
          complete(new Outcome.Refused(new SendResult.ConnectionLost(node)));
      case ExitReason.NoProcess none -> {
        ExitReason.Moved before = movedOn;
        complete(new Outcome.ServerEnded(server, before == null ? none : before));
      }
      case ExitReason.Moved _,
          ExitReason.Normal _,
          ExitReason.Shutdown _,
          ExitReason.Killed _,
          ExitReason.Crashed _,
          ExitReason.NodeLeaving _,
          ExitReason.QuorumLost _,
          ExitReason.NameConflict _ ->
          complete(new Outcome.ServerEnded(server, reason));
    }
  }
}
