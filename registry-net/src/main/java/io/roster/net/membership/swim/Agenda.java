package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** What is due when. Alarms of one moment come in the order they were set. */
final class Agenda {

  static final long NEVER = Long.MAX_VALUE;

  /** What an alarm is for; whoever set it knows whether it still matters. */
  sealed interface Alarm {
    record ProbeNext() implements Alarm {}

    record ProbeSlow(long sequence) implements Alarm {}

    record ProbeOver(long sequence) implements Alarm {}

    record RelayLate(long sequence) implements Alarm {}

    record RelayOver(long sequence) implements Alarm {}

    record SuspicionOver(NodeName name) implements Alarm {}

    record GossipNow() implements Alarm {}

    record SyncNow() implements Alarm {}

    record ReconnectNow() implements Alarm {}

    record ForgetNow() implements Alarm {}

    record LeaveOver() implements Alarm {}
  }

  private record Entry(long atNanos, long order, Alarm alarm) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::atNanos).thenComparingLong(Entry::order));
  private long order;

  void at(long atNanos, Alarm alarm) {
    entries.add(new Entry(atNanos, order++, alarm));
  }

  /** When the next alarm is due, or {@link #NEVER}. */
  long nextAtNanos() {
    var next = entries.peek();
    return next == null ? NEVER : next.atNanos();
  }

  /** Takes the next alarm if it is due. */
  Optional<Alarm> takeDue(long nowNanos) {
    if (nextAtNanos() > nowNanos) {
      return Optional.empty();
    }
    return Optional.of(entries.remove().alarm());
  }

  void clear() {
    entries.clear();
  }
}
