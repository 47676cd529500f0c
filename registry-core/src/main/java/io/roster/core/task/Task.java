package io.roster.core.task;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessBody;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A process that computes one value for the one who started it. The owner alone may wait for it:
 * the process, or, outside any process, any thread.
 *
 * <p>A task is linked to its owner: where one fails, the other ends. Tasks that must not do that
 * come from {@link TaskSupervisorRef#asyncNolink}.
 *
 * @param <T> the value, never null
 * @see <a href="https://hexdocs.pm/elixir/Task.html">Task</a>
 */
public final class Task<T> {

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final ProcessSystem system;
  private final Pid owner;
  private final Pid pid;
  private final Request request;

  Task(ProcessSystem system, Pid pid, Request request) {
    this.system = system;
    this.owner = system.self();
    this.pid = pid;
    this.request = request;
  }

  /** Starts {@code work} in a process of its own. */
  public static <T> Task<T> async(ProcessSystem system, Callable<? extends T> work) {
    Request request = system.request();
    Pid pid = request.spawn(answering(request, work), true);
    return new Task<>(system, pid, request);
  }

  /** A body that answers {@code request} with what {@code work} gives. */
  static <T> ProcessBody answering(Request request, Callable<? extends T> work) {
    return _ -> {
      T value = work.call();
      if (value == null) {
        throw new IllegalStateException("expected a task to return a value, got: null");
      }
      request.reply(value);
    };
  }

  /** A task that is done: nothing runs. */
  public static <T> Task<T> completed(ProcessSystem system, T value) {
    Request request = system.request();
    request.reply(value);
    return new Task<>(system, system.self(), request);
  }

  /** The process that computes. */
  public Pid pid() {
    return pid;
  }

  /**
   * Waits for the value. When the time is over the task is given up: it runs on, and a late value
   * is dropped.
   *
   * @throws IllegalStateException if called by another than the owner
   */
  public TaskResult<T> await(Duration timeout) {
    requireOwner();
    return TaskResult.of(request.await(timeout));
  }

  /**
   * Waits for the value. When the time is over the task goes on, and can be waited for again.
   *
   * @return empty if there is no result yet
   */
  public Optional<TaskResult<T>> poll(Duration timeout) {
    requireOwner();
    return request.awaitFor(timeout).map(TaskResult::of);
  }

  /**
   * Waits for all of {@code tasks}, no longer than {@code timeout} in all; those that are not done
   * by then are given up.
   *
   * @return one result for each, in their order
   */
  public static <T> List<TaskResult<T>> awaitAll(List<Task<T>> tasks, Duration timeout) {
    long begun = System.nanoTime();
    return tasks.stream().map(task -> task.await(left(timeout, begun))).toList();
  }

  /**
   * Waits for all of {@code tasks}, no longer than {@code timeout} in all; those that are not done
   * by then go on.
   *
   * @return one result for each, in their order; empty where there is none yet
   */
  public static <T> List<Optional<TaskResult<T>>> pollAll(List<Task<T>> tasks, Duration timeout) {
    long begun = System.nanoTime();
    return tasks.stream().map(task -> task.poll(left(timeout, begun))).toList();
  }

  private static Duration left(Duration timeout, long begun) {
    Duration left = timeout.minusNanos(System.nanoTime() - begun);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Has the result sent to a server when it comes, for owners that must not wait, such as the
   * server itself. Nobody else may wait for the task then.
   *
   * @param to who gets it
   * @param message makes a message of it; must not block
   */
  public <M> void thenCast(ServerRef<M> to, Function<TaskResult<T>, ? extends M> message) {
    requireOwner();
    request.whenDone(
        outcome -> {
          TaskResult<T> result = TaskResult.of(outcome);
          var _ = to.cast(message.apply(result));
        });
  }

  /** {@link #shutdown(Duration)} with five seconds. */
  public Optional<TaskResult<T>> shutdown() {
    return shutdown(STOP_WITHIN);
  }

  /**
   * Stops the task, by a kill if it takes longer than {@code within}.
   *
   * @return its value if that had come already; empty if it stopped as asked; else why it ended
   */
  public Optional<TaskResult<T>> shutdown(Duration within) {
    requireOwner();
    system.current().ifPresent(self -> self.unlink(pid));
    if (!request.isDone()) {
      system.exit(pid, ExitReason.shutdown());
      if (request.awaitFor(within).isEmpty()) {
        return kill();
      }
    }
    TaskResult<T> result = TaskResult.of(request.await(Duration.ZERO));
    boolean asAsked =
        result instanceof TaskResult.Exited<T>(ExitReason reason)
            && reason.equals(ExitReason.shutdown());
    return asAsked ? Optional.empty() : Optional.of(result);
  }

  /** Kills the task; its value if that had come already, else that it was killed. */
  public Optional<TaskResult<T>> kill() {
    requireOwner();
    system.current().ifPresent(self -> self.unlink(pid));
    system.exit(pid, ExitReason.killed());
    return Optional.of(TaskResult.of(request.await(STOP_WITHIN)));
  }

  Request request() {
    return request;
  }

  private void requireOwner() {
    Pid caller = system.self();
    if (!caller.equals(owner)) {
      throw new IllegalStateException(
          "expected the task's owner " + owner + " to wait for it, got: " + caller);
    }
  }
}
