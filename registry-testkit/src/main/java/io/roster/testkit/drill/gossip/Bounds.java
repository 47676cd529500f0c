package io.roster.testkit.drill.gossip;

import java.time.Duration;

/**
 * Within which times a drill must be over with up to ten nodes under the {@code lan} preset.
 *
 * @param larger in which every node of the larger side has seen those of the smaller go
 * @param smaller in which every node of the smaller side has seen those of the larger go
 * @param back in which everybody that was seen to go is back, once the fault is over
 */
record Bounds(Duration larger, Duration smaller, Duration back) {

  static Bounds of(Fault fault) {
    var back = Duration.ofSeconds(3);
    return switch (fault) {
      // A host that refuses connections is evidence; a silent one has to be waited for.
      case KILL -> new Bounds(Duration.ofSeconds(1), Duration.ZERO, back);
      case STOP, CUT, ONEWAY, PARTIAL, BUSY ->
          new Bounds(Duration.ofMillis(2_500), Duration.ofSeconds(4), back);
    };
  }
}
