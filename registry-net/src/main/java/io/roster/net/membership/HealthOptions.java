package io.roster.net.membership;

import java.time.Duration;

/**
 * How far a member doubts itself before it doubts others. Immutable.
 *
 * @param slowdownMax by how many intervals a member may lengthen its own probes when it seems to be
 *     the slow one, 8 as in Lifeguard; zero switches local health off. Higher: a slow member
 *     accuses fewer healthy ones. Lower: it finds real failures sooner
 * @param pauseTolerance a machine that wakes later than this after its alarm takes itself to have
 *     been paused, and gives everybody that time back, 200 ms; zero never does. Higher: longer
 *     pauses count as silence of the others. Lower: late timers of a busy machine delay the finding
 *     of failures
 * @param echo whether a member makes sure that it hears itself before it accuses anybody, true.
 *     Without, one whose sends and receives hang accuses everybody whom it asks meanwhile
 */
public record HealthOptions(int slowdownMax, Duration pauseTolerance, boolean echo) {

  /** Lifeguard's bound, and a pause of one probe interval. */
  public static final HealthOptions LAN = new HealthOptions(8, Duration.ofMillis(200), true);

  /** Checks the bounds. */
  public HealthOptions {
    Options.between("slowdownMax", slowdownMax, 0, 64);
    Options.zeroOrMore("pauseTolerance", pauseTolerance);
  }

  /** The same with another {@link #slowdownMax}. */
  public HealthOptions withSlowdownMax(int slowdownMax) {
    return new HealthOptions(slowdownMax, pauseTolerance, echo);
  }

  /** The same with another {@link #pauseTolerance}. */
  public HealthOptions withPauseTolerance(Duration pauseTolerance) {
    return new HealthOptions(slowdownMax, pauseTolerance, echo);
  }

  /** The same with another {@link #echo}. */
  public HealthOptions withEcho(boolean echo) {
    return new HealthOptions(slowdownMax, pauseTolerance, echo);
  }
}
