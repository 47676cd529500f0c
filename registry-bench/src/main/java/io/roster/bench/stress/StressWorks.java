package io.roster.bench.stress;

import io.roster.bench.Goal;
import io.roster.bench.Group;
import io.roster.bench.Unit;
import io.roster.bench.Work;
import java.util.List;

/**
 * Works under stress, each held to a bound of its own.
 *
 * <p>A thread that the machine's scheduler must first give a core may wait for a time slice of the
 * thread that has it: that much delay is the machine's, and counts as none.
 */
public final class StressWorks {

  /** Two time slices of Linux's scheduler, in milliseconds. */
  private static final Goal NO_DELAY = new Goal.AtMost(6);

  /** What others may wait while handlers compute, in milliseconds. */
  private static final Goal BOUNDED_DELAY = new Goal.AtMost(100);

  private StressWorks() {}

  /** All of them. */
  public static Group group() {
    return new Group(
        "stress",
        List.of(
            milliseconds(
                    "hot key of 150,000, 10,000 joins and leaves a second: behind", HotKey::batch)
                .alone(new Goal.AtMost(HotKey.BATCH_MILLIS)),
            Work.of(
                    "call behind 100,000 messages, times one behind 1,000",
                    Unit.TIMES,
                    Backlog::ahead)
                .alone(new Goal.AtMost(Backlog.FACTOR)),
            Work.of(
                    "call with 100,000 messages of one's own, times one with none",
                    Unit.TIMES,
                    Backlog::own)
                .alone(new Goal.AtMost(2)),
            milliseconds("handlers computing on all cores: delay of timers, p99", Computing::timers)
                .alone(NO_DELAY),
            milliseconds(
                    "handlers computing on all cores: delay of platform servers, p99",
                    Computing::platformServers)
                .alone(NO_DELAY),
            milliseconds(
                    "handlers computing on all cores: delay of membership, p99",
                    Computing::membership)
                .alone(NO_DELAY),
            milliseconds(
                    "handlers computing on all cores: delay of other processes, worst",
                    Computing::otherProcesses)
                .alone(BOUNDED_DELAY),
            milliseconds("10,000 handlers blocked: delay of other processes, p99", Blocked::others)
                .alone(NO_DELAY),
            Work.of("heap growth after 10,000,000 messages", Unit.BYTES, Backlog::growth)
                .alone(new Goal.AtMost(Backlog.GROWTH_BYTES))));
  }

  private static Work milliseconds(String title, Work.Measurement measurement) {
    return Work.of(title, Unit.MILLISECONDS, measurement);
  }
}
