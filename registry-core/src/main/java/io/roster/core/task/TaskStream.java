package io.roster.core.task;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for the elements of an input, a bounded number at one time, started as results are taken.
 * Confined to the one who reads it. Close it to stop what still runs.
 *
 * @param <I> the inputs
 * @param <T> the values
 * @see <a href="https://hexdocs.pm/elixir/Task.html#async_stream/3">async_stream</a>
 */
public final class TaskStream<I, T> implements Iterator<TaskStream.Item<I, T>>, AutoCloseable {

  private final ProcessSystem system;
  private final Iterator<? extends I> inputs;
  private final Function<? super I, ? extends T> work;
  private final StreamOptions options;
  private final Starter starter;

  /** Running tasks, the oldest first: with one time for all, the first to be overdue. */
  private final Map<Request, Running<I>> running = new LinkedHashMap<>();

  /** Tasks that have ended, in the order of their end. */
  private final LinkedBlockingQueue<Request> ended = new LinkedBlockingQueue<>();

  private record Running<I>(I input, Pid pid, long begunNanos) {}

  /** Starts one task that answers a request. */
  @FunctionalInterface
  interface Starter {
    Pid start(Request request, Callable<?> work, boolean linked);
  }

  /**
   * A result and what it is the result of.
   *
   * @param input the input
   * @param result what became of its task
   * @param <I> the input's type
   * @param <T> the value's type
   */
  public record Item<I, T>(I input, TaskResult<T> result) {}

  TaskStream(
      ProcessSystem system,
      Iterator<? extends I> inputs,
      Function<? super I, ? extends T> work,
      StreamOptions options,
      Starter starter) {
    this.system = system;
    this.inputs = inputs;
    this.work = work;
    this.options = options;
    this.starter = starter;
  }

  @Override
  public boolean hasNext() {
    return !running.isEmpty() || inputs.hasNext();
  }

  @Override
  public Item<I, T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("expected more inputs, got none");
    }
    fill();
    return take();
  }

  private void fill() {
    while (running.size() < options.concurrencyMax() && inputs.hasNext()) {
      I input = inputs.next();
      Request request = system.request();
      Pid pid = starter.start(request, () -> work.apply(input), options.linked());
      running.put(request, new Running<>(input, pid, System.nanoTime()));
      if (!options.ordered()) {
        request.whenDone(_ -> ended.add(request));
      }
    }
  }

  private Item<I, T> take() {
    var oldest = running.entrySet().iterator().next();
    Duration left = left(oldest.getValue());
    if (options.ordered()) {
      oldest.getKey().awaitFor(left);
      return finish(oldest.getKey());
    }
    Request done = poll(left);
    return finish(done == null ? oldest.getKey() : done);
  }

  private @Nullable Request poll(Duration left) {
    try {
      return ended.poll(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw system.interrupted("waiting for a task");
    }
  }

  private Duration left(Running<I> task) {
    Duration left = options.timeout().minusNanos(System.nanoTime() - task.begunNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Item<I, T> finish(Request request) {
    Running<I> task = running.remove(request);
    if (task == null) {
      throw new IllegalStateException("invariant: a task ends once");
    }
    boolean overdue = !request.isDone();
    TaskResult<T> result = TaskResult.of(request.await(Duration.ZERO));
    if (overdue) {
      ended.remove(request);
      stop(task);
      result = new TaskResult.TimedOut<>(options.timeout());
    }
    return new Item<>(task.input, result);
  }

  private void stop(Running<I> task) {
    system.current().ifPresent(self -> self.unlink(task.pid));
    system.exit(task.pid, ExitReason.killed());
  }

  /** Stops the tasks that still run. */
  @Override
  public void close() {
    running.forEach(
        (request, task) -> {
          request.cancel();
          stop(task);
        });
    running.clear();
  }
}
