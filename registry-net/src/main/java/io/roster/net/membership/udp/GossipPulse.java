package io.roster.net.membership.udp;

import io.roster.core.identity.NodeName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the gossip of one node fares at one moment. Immutable.
 *
 * @param localHealth how much the node doubts itself: zero is healthy, each step makes its probes
 *     slower
 * @param roundTrips the smoothed round trip of probes to members that were probed
 */
public record GossipPulse(int localHealth, Map<NodeName, Duration> roundTrips) {

  /** Before the first probe, and after the end. */
  static final GossipPulse NONE = new GossipPulse(0, Map.of());

  /** Copies. */
  public GossipPulse {
    roundTrips = Map.copyOf(roundTrips);
  }

  /** The smoothed round trip to {@code name}, if one was measured. */
  public Optional<Duration> roundTrip(NodeName name) {
    return Optional.ofNullable(roundTrips.get(name));
  }
}
