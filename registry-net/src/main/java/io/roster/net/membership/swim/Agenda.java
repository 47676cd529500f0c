package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.util.Optional;
import java.util.PriorityQueue;

/** What is due when. Alarms of one moment come in the order they were set. */
final class Agenda {

  static final long NEVER = Long.MAX_VALUE;

  /** What an alarm is for; whoever set it knows whether it still matters. */
  sealed interface Alarm {
    record ProbeNext() implements Alarm {}

    record ProbeSlow(long sequence) implements Alarm {}

    record ProbeAgain(long sequence) implements Alarm {}

    record ProbeOver(long sequence) implements Alarm {}

    record RelayLate(long sequence) implements Alarm {}

    record RelayOver(long sequence) implements Alarm {}

    record SuspicionOver(NodeName name) implements Alarm {}

    record GossipNow() implements Alarm {}

    record SyncNow() implements Alarm {}

    record SyncSettled() implements Alarm {}

    record ReconnectNow() implements Alarm {}

    record ForgetNow() implements Alarm {}

    record LeaveOver() implements Alarm {}
  }

  /** One alarm that was set. */
  static final class Entry implements Comparable<Entry> {
    private final long atNanos;
    private final long order;
    private final Alarm alarm;
    private boolean cancelled;

    private Entry(long atNanos, long order, Alarm alarm) {
      this.atNanos = atNanos;
      this.order = order;
      this.alarm = alarm;
    }

    /** Lets it pass unheard. It costs its place in the queue until its time comes. */
    void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long order;

  Entry at(long atNanos, Alarm alarm) {
    var entry = new Entry(atNanos, order++, alarm);
    entries.add(entry);
    return entry;
  }

  /** When the next alarm is due, or {@link #NEVER}. */
  long nextAtNanos() {
    var next = entries.peek();
    while (next != null && next.cancelled) {
      entries.remove();
      next = entries.peek();
    }
    return next == null ? NEVER : next.atNanos;
  }

  /** Takes the next alarm if it is due. */
  Optional<Alarm> takeDue(long nowNanos) {
    if (nextAtNanos() > nowNanos) {
      return Optional.empty();
    }
    return Optional.of(entries.remove().alarm);
  }

  void clear() {
    entries.clear();
  }
}
