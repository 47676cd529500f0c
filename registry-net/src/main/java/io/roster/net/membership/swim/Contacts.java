package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When something authentic last came from each member, and how long answers take. */
final class Contacts {

  private static final long NEVER = Long.MIN_VALUE / 2;

  private static final class Contact {
    long heardAtNanos = NEVER;
    long roundTripNanos;
  }

  private final Map<NodeName, Contact> byName = new HashMap<>();

  void heard(NodeName from, long nowNanos) {
    of(from).heardAtNanos = nowNanos;
  }

  boolean heardSince(NodeName name, long sinceNanos) {
    var contact = byName.get(name);
    return contact != null && contact.heardAtNanos >= sinceNanos;
  }

  void roundTrip(NodeName name, long nanos) {
    var contact = of(name);
    long before = contact.roundTripNanos == 0 ? nanos : contact.roundTripNanos;
    contact.roundTripNanos = before - before / 8 + nanos / 8;
  }

  /** The smoothed round trip to a member, if one was measured. */
  Optional<Duration> roundTrip(NodeName name) {
    return Optional.ofNullable(byName.get(name))
        .filter(contact -> contact.roundTripNanos > 0)
        .map(contact -> Duration.ofNanos(contact.roundTripNanos));
  }

  void forget(NodeName name) {
    byName.remove(name);
  }

  private Contact of(NodeName name) {
    return byName.computeIfAbsent(name, _ -> new Contact());
  }
}
