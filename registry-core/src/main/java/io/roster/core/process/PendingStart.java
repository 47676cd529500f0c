package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A process whose {@code init} has not ended yet. Thread-safe.
 *
 * @param <H> the handle of what is being started
 */
public final class PendingStart<H> {

  private final ProcessSystem system;
  private final AtomicReference<State<H>> state = new AtomicReference<>(new Open<>(null, null));
  private volatile boolean overdue;
  private volatile Duration allowed = StartOptions.UNLIMITED;
  private volatile @Nullable Scheduled limit;
  private volatile @Nullable Pid pid;

  private sealed interface State<H> {}

  /** Nobody has answered yet; who is to be told then, the last that came first. */
  private record Open<H>(@Nullable Consumer<StartResult<H>> told, @Nullable Open<H> before)
      implements State<H> {}

  private record Done<H>(StartResult<H> outcome) implements State<H> {}

  /** A start that nobody has answered yet. */
  public PendingStart(ProcessSystem system) {
    this.system = system;
  }

  /** A start that failed before there was a process; {@code starter} stands for it. */
  public static PendingStart<?> failed(ProcessSystem system, Pid starter, Throwable thrown) {
    var pending = new PendingStart<Object>(system);
    pending.pid = starter;
    ExitReason reason =
        thrown instanceof ProcessExit exit
            ? exit.reason()
            : new ExitReason.Crashed(String.valueOf(thrown));
    pending.complete(new StartResult.Failed<>(reason));
    return pending;
  }

  /**
   * Names the process and begins to watch the limit of its {@code init}.
   *
   * @return this
   */
  public PendingStart<H> of(Pid pid, StartOptions options) {
    this.pid = pid;
    this.allowed = options.initTimeout();
    if (!allowed.equals(StartOptions.UNLIMITED) && outcome().isEmpty()) {
      limit =
          system
              .timers()
              .after(
                  allowed,
                  () -> {
                    overdue = true;
                    system.exit(pid, ExitReason.killed());
                  });
    }
    return this;
  }

  /** The process, which may have ended meanwhile. */
  public Pid pid() {
    Pid present = pid;
    if (present == null) {
      throw new IllegalStateException("invariant: a pending start knows its pid");
    }
    return present;
  }

  /** Answers the start. Later answers are ignored; a start that was overdue timed out. */
  public void complete(StartResult<H> outcome) {
    Scheduled running = limit;
    if (running != null) {
      running.cancel();
    }
    boolean late =
        overdue
            && switch (outcome) {
              case StartResult.Started<H> _ -> false;
              case StartResult.Ignored<H> _,
                  StartResult.AlreadyStarted<H> _,
                  StartResult.Failed<H> _,
                  StartResult.TimedOut<H> _ ->
                  true;
            };
    decide(late ? new StartResult.TimedOut<>(allowed) : outcome);
  }

  private void decide(StartResult<H> outcome) {
    var done = new Done<>(outcome);
    State<H> before = state.get();
    while (before instanceof Open<H> open) {
      if (state.compareAndSet(before, done)) {
        tell(open, outcome);
        return;
      }
      before = state.get();
    }
  }

  /** In the order in which they came. */
  private void tell(Open<H> open, StartResult<H> outcome) {
    if (open.before != null) {
      tell(open.before, outcome);
    }
    if (open.told != null) {
      tell(open.told, outcome);
    }
  }

  private void tell(Consumer<StartResult<H>> told, StartResult<H> outcome) {
    system.currentProcess().guard("start listener", () -> told.accept(outcome));
  }

  /** How the start ended, if it has. */
  public Optional<StartResult<H>> outcome() {
    return state.get() instanceof Done<H>(StartResult<H> outcome)
        ? Optional.of(outcome)
        : Optional.empty();
  }

  /** Calls {@code action} once with the outcome, on the thread that knows it; it must not block. */
  public void whenDone(Consumer<StartResult<H>> action) {
    while (true) {
      switch (state.get()) {
        case Done<H>(StartResult<H> outcome) -> {
          tell(action, outcome);
          return;
        }
        case Open<H> open -> {
          Open<H> before = open.told == null ? null : open;
          if (state.compareAndSet(open, new Open<>(action, before))) {
            return;
          }
        }
      }
    }
  }

  /** The same start with another handle of what is started. */
  public <T> PendingStart<T> map(ProcessSystem system, Function<H, T> change) {
    var mapped = new PendingStart<T>(system);
    mapped.pid = pid();
    whenDone(
        outcome ->
            mapped.complete(
                switch (outcome) {
                  case StartResult.Started<H>(Pid started, H handle) ->
                      new StartResult.Started<>(started, change.apply(handle));
                  case StartResult.Ignored<H>() -> new StartResult.Ignored<>();
                  case StartResult.AlreadyStarted<H>(Pid owner) ->
                      new StartResult.AlreadyStarted<>(owner);
                  case StartResult.Failed<H>(ExitReason reason) -> new StartResult.Failed<>(reason);
                  case StartResult.TimedOut<H>(Duration waited) ->
                      new StartResult.TimedOut<>(waited);
                }));
    return mapped;
  }

  /** Waits for the outcome. Interruption ends a process that waits. */
  public StartResult<H> await() {
    if (outcome().isEmpty()) {
      Thread waiting = Thread.currentThread();
      whenDone(_ -> LockSupport.unpark(waiting));
    }
    while (true) {
      if (state.get() instanceof Done<H>(StartResult<H> outcome)) {
        return outcome;
      }
      if (Thread.interrupted()) {
        throw system.interrupted("waiting for " + pid() + " to start");
      }
      LockSupport.park(this);
    }
  }
}
