package io.roster.testkit.drill;

import io.roster.core.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What happened, in the order in which it was told, with the time by one clock. Thread-safe. */
public final class History {

  /**
   * An event and its moment.
   *
   * @param atNanos nanoseconds since the beginning of the history
   * @param event what happened
   */
  public record Entry(long atNanos, Event event) {}

  private final Ticker ticker;
  private final long beginNanos;
  private final List<Entry> entries = new ArrayList<>();

  /** An empty history that begins now. */
  public History(Ticker ticker) {
    this.ticker = ticker;
    this.beginNanos = ticker.nowNanos();
  }

  /** Records an event that happens now. */
  public synchronized void add(Event event) {
    entries.add(new Entry(nowNanos(), event));
  }

  /** Records an event of an earlier moment, which {@link #nowNanos} gave. */
  public synchronized void addAt(long atNanos, Event event) {
    entries.add(new Entry(atNanos, event));
  }

  /** Nanoseconds since the beginning. */
  public long nowNanos() {
    return ticker.nowNanos() - beginNanos;
  }

  /** Everything so far. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The moment of the first event that passes. */
  static Optional<Long> first(List<Entry> entries, Predicate<Event> passes) {
    return entries.stream().filter(e -> passes.test(e.event())).map(Entry::atNanos).findFirst();
  }
}
