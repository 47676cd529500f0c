package io.roster.core.task;

import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.process.StartOptions;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Tasks for the elements of an input, a bounded number at one time, started as results are taken.
 * Each is killed when its time is over, also while nobody waits for it, and when the process ends
 * that reads the stream. Confined to that one. Close it to stop what still runs.
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

  /** Tasks whose results have not been taken, the oldest first. The reader's alone. */
  private final LinkedHashSet<StreamedTask<I>> running = new LinkedHashSet<>();

  /**
   * Tasks of an unordered stream in the order of their end, told by whoever ends them; also those
   * that the reader has given up.
   */
  private final LinkedBlockingQueue<StreamedTask<I>> ended = new LinkedBlockingQueue<>();

  /** Starts one task that answers a request. */
  @FunctionalInterface
  interface Starter {
    void start(Request request, Callable<?> work, boolean linked);
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
      var task = new StreamedTask<I>(system, input, options.timeout());
      task.whenEnded(options.ordered() ? _ -> {} : ended::add);
      start(task);
      running.add(task);
    }
  }

  private void start(StreamedTask<I> task) {
    try {
      starter.start(task.request(), () -> run(task), options.linked());
    } catch (RuntimeException thrown) {
      // Whoever was interrupted does not know whether it will start yet.
      task.request().cancel();
      throw thrown;
    }
  }

  private T run(StreamedTask<I> task) {
    task.begin();
    return work.apply(task.input());
  }

  private Item<I, T> take() {
    StreamedTask<I> task = options.ordered() ? running.getFirst() : takeEnded();
    // Without a limit: the task has its own.
    Request.Outcome outcome = task.request().await(StartOptions.UNLIMITED);
    running.remove(task);
    return new Item<>(task.input(), TaskResult.of(outcome));
  }

  private StreamedTask<I> takeEnded() {
    try {
      StreamedTask<I> task = ended.take();
      while (!running.contains(task)) {
        task = ended.take();
      }
      return task;
    } catch (InterruptedException e) {
      throw system.interrupted("waiting for a task");
    }
  }

  /** Stops the tasks that still run. */
  @Override
  public void close() {
    running.forEach(task -> task.request().cancel());
    running.clear();
  }
}
