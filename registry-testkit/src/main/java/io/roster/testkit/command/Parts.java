package io.roster.testkit.command;

import io.roster.net.membership.GossipOptions;
import io.roster.testkit.gossip.Lifeguard;
import java.time.Duration;

/** Parts of the protocol switched off by name. Stateless. */
final class Parts {

  private Parts() {}

  /**
   * {@code options} without one part.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  static GossipOptions without(GossipOptions options, String part) {
    return switch (part) {
      case "repeats" -> options.withProbes(probes -> probes.withRepeats(0));
      case "look-around" -> options.withProbes(probes -> probes.withLookAround(0));
      case "neighbours" -> options.withDissemination(news -> news.withNeighbours(0));
      case "portions" -> options.withDissemination(news -> news.withPortions(0));
      case "settling" -> options.withPushPull(compare -> compare.withSettling(Duration.ZERO));
      case "health" -> options.withHealth(health -> health.withSlowdownMax(0));
      case "confirmations" ->
          options.withSuspicion(least -> least.withMaxMultiplier(1).withConfirmations(0));
      case "buddy" -> options.withRefutation(told -> told.withBuddy(false));
      case "verifiers" -> options.withRefutation(told -> told.withVerifiers(0));
      case "deaths" -> options.withRefutation(told -> told.withDeathsChecked(false));
      case "pauses" -> options.withHealth(health -> health.withPauseTolerance(Duration.ZERO));
      case "echo" -> options.withHealth(health -> health.withEcho(false));
      case "lifeguard" -> Lifeguard.SWIM.of(options);
      default ->
          throw new IllegalArgumentException(
              "expected parts of repeats, look-around, neighbours, portions, settling, health,"
                  + " confirmations, buddy, verifiers, deaths, pauses, echo or lifeguard, got: "
                  + part);
    };
  }
}
