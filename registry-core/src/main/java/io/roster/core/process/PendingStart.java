package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process whose {@code init} has not ended yet. Thread-safe.
 *
 * @param <H> the handle of what is being started
 */
public final class PendingStart<H> {

  private final ProcessSystem system;
  private final CompletableFuture<StartResult<H>> result = new CompletableFuture<>();
  private volatile boolean overdue;
  private volatile Duration allowed = StartOptions.UNLIMITED;
  private volatile @Nullable Scheduled limit;
  private volatile @Nullable Pid pid;

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
    if (!allowed.equals(StartOptions.UNLIMITED) && !result.isDone()) {
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
    result.complete(late ? new StartResult.TimedOut<>(allowed) : outcome);
  }

  /** Calls {@code action} once with the outcome, on the thread that knows it; it must not block. */
  public void whenDone(Consumer<StartResult<H>> action) {
    var _ =
        result.thenAccept(
            outcome ->
                system.currentProcess().guard("start listener", () -> action.accept(outcome)));
  }

  /** The same start with another handle of what is started. */
  public <T> PendingStart<T> map(ProcessSystem system, java.util.function.Function<H, T> change) {
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
    try {
      return result.get();
    } catch (InterruptedException e) {
      throw system.interrupted("waiting for " + pid() + " to start");
    } catch (ExecutionException e) {
      throw new IllegalStateException("invariant: a start is answered, never failed", e);
    }
  }
}
