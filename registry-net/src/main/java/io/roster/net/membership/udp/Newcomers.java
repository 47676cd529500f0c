package io.roster.net.membership.udp;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/* A member needs one round trip to show that it holds a key. So the eldest stream makes room for the
 * next: whoever waits on purpose loses its place, and a member behind the same address gets one.
 */

/** Accepted streams whose peers have not yet shown that they hold a key. Not thread-safe. */
final class Newcomers {

  private final int perAddressMax;

  /** Eldest first. */
  private final Map<Long, InetAddress> waiting = new LinkedHashMap<>();

  Newcomers(int perAddressMax) {
    this.perAddressMax = perAddressMax;
  }

  void add(long stream, InetAddress from) {
    waiting.put(stream, from);
  }

  /** The stream is authentic now, or gone. */
  void remove(long stream) {
    waiting.remove(stream);
  }

  /** Which stream has to go so that one more from this address may come. */
  Optional<Long> inTheWayOf(InetAddress from) {
    var same = waiting.entrySet().stream().filter(each -> each.getValue().equals(from)).toList();
    return same.size() < perAddressMax ? Optional.empty() : Optional.of(same.getFirst().getKey());
  }

  /** Which stream has to go so that one more from anywhere may come. */
  Optional<Long> eldest() {
    return waiting.keySet().stream().findFirst();
  }
}
