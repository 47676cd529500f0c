package io.roster.testkit.gossip;

import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.HealthOptions;
import io.roster.net.membership.RefutationOptions;
import java.time.Duration;

/**
 * Which of Lifeguard's components a run has, to see what each is good for: plain SWIM, each alone,
 * all of them, and what Roster adds to them. Intervals and everything else are the preset's.
 *
 * @see <a href="https://arxiv.org/abs/1707.00788">Lifeguard, section V</a>
 */
public enum Lifeguard {
  /** A suspicion lasts the minimum, a told death is believed, nobody doubts itself. */
  SWIM,
  /** And slow members slow their own probes down. */
  LHA_PROBE,
  /** And suspicions begin long and become short as others confirm them. */
  LHA_SUSPICION,
  /** And suspects are told with every ping. */
  BUDDY,
  /** All of Lifeguard. */
  ALL,
  /**
   * The preset as it is: Lifeguard, questions put again, deaths checked, suspicions verified,
   * pauses and deafness noticed.
   */
  ROSTER;

  /** A preset with these components alone. */
  public GossipOptions of(GossipOptions preset) {
    return switch (this) {
      case SWIM -> plain(preset);
      case LHA_PROBE -> doubting(plain(preset));
      case LHA_SUSPICION -> confirming(plain(preset));
      case BUDDY -> telling(plain(preset));
      case ALL -> doubting(confirming(telling(plain(preset))));
      case ROSTER -> preset;
    };
  }

  private static GossipOptions plain(GossipOptions preset) {
    return preset
        .withProbes(probes -> probes.withRepeats(0).withLookAround(0))
        .withDissemination(news -> news.withPortions(0).withNeighbours(0))
        .withPushPull(pushPull -> pushPull.withSettling(Duration.ZERO))
        .withHealth(_ -> new HealthOptions(0, Duration.ZERO, false))
        .withSuspicion(suspicion -> suspicion.withMaxMultiplier(1).withConfirmations(0))
        .withRefutation(_ -> RefutationOptions.NONE);
  }

  private static GossipOptions doubting(GossipOptions options) {
    return options.withHealth(health -> health.withSlowdownMax(8));
  }

  private static GossipOptions confirming(GossipOptions options) {
    return options.withSuspicion(suspicion -> suspicion.withMaxMultiplier(6).withConfirmations(3));
  }

  private static GossipOptions telling(GossipOptions options) {
    return options.withRefutation(refutation -> refutation.withBuddy(true));
  }
}
