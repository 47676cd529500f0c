package io.roster.testkit.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What several runs of one scenario showed. Immutable.
 *
 * @param options the scenario
 * @param runs those that went through
 * @param failures invariants that did not hold, or goals that were not reached, with seed and trace
 */
public record Summary(TrialOptions options, List<Figures> runs, List<String> failures) {

  /** Runs a scenario under each seed from {@code seed} on. */
  public static Summary of(TrialOptions options, long seed, int count) {
    var runs = new ArrayList<Figures>();
    var failures = new ArrayList<String>();
    for (long run = seed; run < seed + count; run++) {
      try {
        runs.add(new Trial(options, run).run());
      } catch (AssertionError e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    return new Summary(options, List.copyOf(runs), List.copyOf(failures));
  }

  /** The value below which {@code share} of the runs' values are; empty if none has one. */
  public OptionalLong quantile(double share, Function<Figures, List<Long>> values) {
    var sorted = runs.stream().flatMap(run -> values.apply(run).stream()).sorted().toList();
    if (sorted.isEmpty()) {
      return OptionalLong.empty();
    }
    int at = (int) Math.ceil(share * sorted.size()) - 1;
    return OptionalLong.of(sorted.get(Math.clamp(at, 0, sorted.size() - 1)));
  }

  /** False positives of all runs. */
  public long falsePositives() {
    return runs.stream().mapToLong(Figures::falsePositives).sum();
  }

  /** Those of them at healthy observers. */
  public long falseAtHealthy() {
    return runs.stream().mapToLong(Figures::falseAtHealthy).sum();
  }

  /** Deaths of slow nodes in all runs. */
  public long slowDeaths() {
    return runs.stream().mapToLong(Figures::slowDeaths).sum();
  }

  /** The mean over the runs. */
  public double bytesPerNodePerSecond() {
    return runs.stream().mapToDouble(Figures::bytesPerNodePerSecond).average().orElse(0);
  }

  /** The mean over the runs. */
  public double packetsPerNodePerSecond() {
    return runs.stream().mapToDouble(Figures::packetsPerNodePerSecond).average().orElse(0);
  }
}
