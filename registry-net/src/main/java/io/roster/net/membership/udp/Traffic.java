package io.roster.net.membership.udp;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what passes. Thread-safe. */
final class Traffic {

  final LongAdder datagramsSent = new LongAdder();
  final LongAdder datagramsReceived = new LongAdder();
  final LongAdder bytesSent = new LongAdder();
  final LongAdder bytesReceived = new LongAdder();
  final LongAdder streamsOpened = new LongAdder();
  final LongAdder streamsAccepted = new LongAdder();
  private final Map<Rejection, LongAdder> rejected = new EnumMap<>(Rejection.class);

  Traffic() {
    for (Rejection why : Rejection.values()) {
      rejected.put(why, new LongAdder());
    }
  }

  void reject(Rejection why) {
    var adder = rejected.get(why);
    if (adder != null) {
      adder.increment();
    }
  }

  Map<Rejection, Long> rejected() {
    var counts = new EnumMap<Rejection, Long>(Rejection.class);
    rejected.forEach((why, count) -> counts.put(why, count.sum()));
    return counts;
  }
}
