package io.roster.net.membership.udp;

import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.swim.Packet;
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
  private final LongAdder pings = new LongAdder();
  private final LongAdder suspicions = new LongAdder();
  private final LongAdder refutations = new LongAdder();
  private final LongAdder ends = new LongAdder();
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

  void sent(Packet.Body body) {
    if (body instanceof Packet.Ping) {
      pings.increment();
    }
  }

  void happened(MemberEvent event) {
    switch (event) {
      case MemberEvent.Suspected _ -> suspicions.increment();
      case MemberEvent.Refuted _ -> refutations.increment();
      case MemberEvent.Down _ -> ends.increment();
      case MemberEvent.Up _, MemberEvent.Updated _ -> {
        // Nobody was judged.
      }
    }
  }

  GossipStats.Judgements judgements() {
    return new GossipStats.Judgements(pings.sum(), suspicions.sum(), refutations.sum(), ends.sum());
  }

  Map<Rejection, Long> rejected() {
    var counts = new EnumMap<Rejection, Long>(Rejection.class);
    rejected.forEach((why, count) -> counts.put(why, count.sum()));
    return counts;
  }
}
