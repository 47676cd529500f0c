package io.roster.testkit.sim;

import io.roster.core.time.Ticker;
import io.roster.core.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * A world on one thread: one random stream, one clock, one queue. Every invariant is checked after
 * every event, and whatever fails is reported with the seed and the last lines of the trace.
 *
 * <p>
 *
 * {@snippet :
 * var simulation = new Simulation(seed);
 * simulation.invariant("one owner", () -> require(owners() <= 1, "two owners"));
 * simulation.after(Duration.ofMillis(5), () -> node.step(new Wake()));
 * simulation.runUntil("joined", Duration.ofSeconds(10), () -> node.members() == 3);
 * }
 */
public final class Simulation {

  private final long seed;
  private final RandomGenerator random;
  private final EventQueue queue = new EventQueue();
  private final List<Invariant> invariants = new ArrayList<>();
  private final Trace trace = new Trace();
  private long nowNanos;
  private long executed;

  private record Invariant(String name, Runnable check) {}

  /** A failure that already says all there is to say. */
  private static final class Told extends AssertionError {
    private static final long serialVersionUID = 1L;

    Told(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** A world in which nothing has happened yet. */
  public Simulation(long seed) {
    this.seed = seed;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** What this run is known by. */
  public long seed() {
    return seed;
  }

  /** All chance of this world. */
  public RandomGenerator random() {
    return random;
  }

  /** A random stream of its own for one part, so that parts do not disturb each other's chances. */
  public RandomGenerator fork() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
  }

  /** The clock, for what asks for one. */
  public Ticker ticker() {
    return () -> nowNanos;
  }

  /** Timers of this world. */
  public Timers timers() {
    return (delay, action) -> {
      boolean[] pending = {true};
      after(
          delay,
          () -> {
            if (pending[0]) {
              pending[0] = false;
              action.run();
            }
          });
      return () -> {
        boolean was = pending[0];
        pending[0] = false;
        return was;
      };
    };
  }

  /** The moment, in nanoseconds since the beginning. */
  public long nowNanos() {
    return nowNanos;
  }

  /** The moment since the beginning. */
  public Duration now() {
    return Duration.ofNanos(nowNanos);
  }

  /** How many events have run. */
  public long executed() {
    return executed;
  }

  /** Queues {@code action}; actions of one instant run in the order they were queued. */
  public void after(Duration delay, Runnable action) {
    at(nowNanos + delay.toNanos(), action);
  }

  /** Queues {@code action} for a moment; one that has passed means now. */
  public void at(long atNanos, Runnable action) {
    queue.add(Math.max(atNanos, nowNanos), action);
  }

  /** Checks {@code check} after every event from now on; it throws when it does not hold. */
  public void invariant(String name, Runnable check) {
    invariants.add(new Invariant(name, check));
  }

  /** Notes a line for whoever reads a failure. */
  public void note(String line) {
    trace.add(nowNanos, line);
  }

  /** The last lines noted. */
  public Trace trace() {
    return trace;
  }

  /** Runs all that happens within {@code time}. */
  public void runFor(Duration time) {
    long until = nowNanos + time.toNanos();
    while (queue.nextAtNanos() <= until) {
      runNext();
    }
    nowNanos = until;
  }

  /**
   * Runs until {@code reached} holds.
   *
   * @return how long it took
   * @throws AssertionError if it does not within {@code limit}
   */
  public Duration runUntil(String goal, Duration limit, BooleanSupplier reached) {
    long from = nowNanos;
    if (!reaches(limit, reached)) {
      throw failure("still not %s after %s".formatted(goal, limit), null);
    }
    return Duration.ofNanos(nowNanos - from);
  }

  /** Runs until {@code reached} holds, but not beyond {@code limit}; whether it holds then. */
  public boolean reaches(Duration limit, BooleanSupplier reached) {
    long until = nowNanos + limit.toNanos();
    while (!reached.getAsBoolean()) {
      if (queue.nextAtNanos() > until) {
        return false;
      }
      runNext();
    }
    return true;
  }

  /** An error that names the seed and shows the trace. */
  public AssertionError failure(String what, @Nullable Throwable cause) {
    return new Told(
        "seed %d, at %.3f s: %s%n%s".formatted(seed, nowNanos / 1e9, what, trace), cause);
  }

  private void runNext() {
    nowNanos = queue.nextAtNanos();
    var event = queue.take();
    executed++;
    try {
      event.run();
    } catch (Told e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      throw failure("an event failed: " + e, e);
    }
    for (Invariant invariant : invariants) {
      try {
        invariant.check().run();
      } catch (Told e) {
        throw e;
      } catch (RuntimeException | AssertionError e) {
        throw failure("invariant \"" + invariant.name() + "\": " + e.getMessage(), e);
      }
    }
  }
}
