package io.roster.testkit.gossip.report;

import io.roster.core.time.Ticker;
import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Summary;
import io.roster.testkit.gossip.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cells of a sweep within a budget of time, on several threads; each run has a thread for
 * itself and is the same under the same seed wherever it runs. Every cell gets as much of the
 * budget as the others until it has all its seeds, so what is left out are the later seeds of large
 * clusters, and runs that are longer than what is left.
 */
public final class SweepRun {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

  /** Runs of so many nodes need memory of which two at once would ask too much. */
  private static final int LARGE = 3_000;

  private final List<Cell> cells;
  private final long firstSeed;
  private final Ticker ticker;
  private final Consumer<String> progress;
  private final Map<Cell, List<Figures>> figures = new LinkedHashMap<>();
  private final Map<Cell, List<String>> failures = new LinkedHashMap<>();
  private final Map<Cell, Integer> leftOut = new LinkedHashMap<>();

  /** Guarded by this, as is all that follows. */
  private final List<Task> waiting = new ArrayList<>();

  private final RunCosts costs = new RunCosts();
  private long beganNanos;
  private long budgetNanos;
  private boolean isLargeRunning;
  private long toldNanos;
  private int running;
  private int done;
  private int total;

  private record Task(Cell cell, int index) {

    /** How much will have been simulated of the cell: all get the same, so the cheap ones many. */
    double order() {
      return (index + 1) * cell.nodeSeconds();
    }
  }

  /**
   * What a sweep came to. Immutable.
   *
   * @param rows one for each cell, in the order of the cells
   * @param leftOut what the budget had no room for, a line for each
   * @param took how long it took
   */
  public record Outcome(List<Row> rows, List<String> leftOut, Duration took) {}

  /** A sweep that has not begun; {@code progress} hears a line now and then. */
  public SweepRun(List<Cell> cells, long firstSeed, Ticker ticker, Consumer<String> progress) {
    this.cells = List.copyOf(cells);
    this.firstSeed = firstSeed;
    this.ticker = ticker;
    this.progress = progress;
    for (Cell cell : cells) {
      IntStream.range(0, cell.seeds()).forEach(i -> waiting.add(new Task(cell, i)));
    }
  }

  /**
   * Runs what fits into {@code budget}; a run that has begun is let to its end.
   *
   * @throws InterruptedException if the caller's thread is interrupted
   */
  public Outcome run(Duration budget, int threads) throws InterruptedException {
    beganNanos = ticker.nowNanos();
    toldNanos = beganNanos;
    budgetNanos = budget.toNanos();
    total = waiting.size();
    waiting.sort(Comparator.comparingDouble(Task::order));
    var broken = new ConcurrentLinkedQueue<Throwable>();
    var workers = new ArrayList<Thread>();
    for (int i = 0; i < threads; i++) {
      var worker = Thread.ofPlatform().name("sim-" + i).daemon().unstarted(this::work);
      worker.setUncaughtExceptionHandler((_, e) -> broken.add(e));
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    if (!broken.isEmpty()) {
      throw new IllegalStateException("a simulation could not go on", broken.peek());
    }
    return outcome();
  }

  private void work() {
    while (true) {
      Task task;
      try {
        task = next();
      } catch (InterruptedException e) {
        return;
      }
      if (task == null) {
        return;
      }
      run(task);
    }
  }

  private void run(Task task) {
    long from = ticker.nowNanos();
    Figures seen = null;
    String failed = "";
    try {
      seen = new Trial(task.cell().options(), firstSeed + task.index()).run();
    } catch (AssertionError e) {
      failed = String.valueOf(e.getMessage());
    } finally {
      over(task, seen, failed, ticker.nowNanos() - from);
    }
  }

  private synchronized @Nullable Task next() throws InterruptedException {
    while (true) {
      boolean mustWait = false;
      for (var tasks = waiting.iterator(); tasks.hasNext(); ) {
        var task = tasks.next();
        if (!fits(task)) {
          tasks.remove();
          leftOut.merge(task.cell(), 1, Integer::sum);
        } else if (isLargeRunning && isLarge(task)) {
          mustWait = true;
        } else {
          tasks.remove();
          running++;
          isLargeRunning |= isLarge(task);
          return task;
        }
      }
      if (!mustWait) {
        return null;
      }
      wait();
    }
  }

  private synchronized void over(Task task, @Nullable Figures seen, String failed, long nanos) {
    if (seen != null) {
      figures.computeIfAbsent(task.cell(), _ -> new ArrayList<>()).add(seen);
    } else {
      failures.computeIfAbsent(task.cell(), _ -> new ArrayList<>()).add(failed);
    }
    if (isLarge(task)) {
      isLargeRunning = false;
    }
    costs.add(task.cell(), nanos);
    done++;
    running--;
    notifyAll();
    tell(task);
  }

  /** Now and then, and at the end. */
  private void tell(Task task) {
    long now = ticker.nowNanos();
    if (now - toldNanos >= BETWEEN_LINES.toNanos() || (waiting.isEmpty() && running == 0)) {
      toldNanos = now;
      progress.accept(
          "%s of %s, %d of %d runs: %s"
              .formatted(
                  clock(now - beganNanos), clock(budgetNanos), done, total, task.cell().title()));
    }
  }

  private boolean fits(Task task) {
    double left = budgetNanos - (double) (ticker.nowNanos() - beganNanos);
    return costs.nanos(task.cell()) <= left;
  }

  private synchronized Outcome outcome() {
    var rows = new ArrayList<Row>();
    var missing = new ArrayList<String>();
    for (Cell cell : cells) {
      var runs =
          figures.getOrDefault(cell, List.of()).stream()
              .sorted(Comparator.comparingLong(Figures::seed))
              .toList();
      rows.add(
          new Row(
              cell,
              new Summary(
                  cell.options(), runs, List.copyOf(failures.getOrDefault(cell, List.of())))));
      int out = leftOut.getOrDefault(cell, 0);
      if (out > 0) {
        missing.add("%s: %d of %d seeds".formatted(cell.title(), out, cell.seeds()));
      }
    }
    return new Outcome(
        List.copyOf(rows), List.copyOf(missing), Duration.ofNanos(ticker.nowNanos() - beganNanos));
  }

  private static boolean isLarge(Task task) {
    return task.cell().options().nodes() >= LARGE;
  }

  private static String clock(long nanos) {
    long seconds = nanos / 1_000_000_000;
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
