package io.roster.testkit.drill.gossip;

import io.roster.testkit.drill.gossip.GossipJudge.Judgement;
import io.roster.testkit.report.JsonLine;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What came of all rounds. Immutable.
 *
 * @param options what was done
 * @param startDeaths how often a node was taken for dead while all were starting, before any fault
 * @param rounds what came of each
 */
public record GossipVerdict(GossipDrillOptions options, int startDeaths, List<Judgement> rounds) {

  /** Copies. */
  public GossipVerdict {
    rounds = List.copyOf(rounds);
  }

  /** Whether there is nothing to complain of in any round. */
  public boolean isPass() {
    return complaints().isEmpty();
  }

  /** Every reason why it is no pass, each with its round. */
  public List<String> complaints() {
    return Stream.iterate(0, i -> i < rounds.size(), i -> i + 1)
        .flatMap(
            i ->
                rounds.get(i).complaints().stream()
                    .map(complaint -> "round %d: %s".formatted(i + 1, complaint)))
        .toList();
  }

  /**
   * As one line of JSON; times are those of the slowest round, {@code median} of the middle one.
   */
  public String toJson() {
    return new JsonLine()
        .put("verdict", isPass() ? "pass" : "fail")
        .put("fault", options.fault().toString())
        .put("nodes", options.nodes())
        .put("rounds", rounds.size())
        .put("holdMs", options.hold().toMillis())
        .put("detectFirstMs", worst(Judgement::firstMs))
        .put("detectAllMedianMs", median(Judgement::allMs))
        .put("detectAllMs", worst(Judgement::allMs))
        .put("backMedianMs", median(Judgement::backMs))
        .put("backMs", worst(Judgement::backMs))
        .put("falseDeaths", rounds.stream().mapToInt(Judgement::falseDeaths).sum())
        .put("accusations", rounds.stream().mapToInt(Judgement::accusations).sum())
        .put("startDeaths", startDeaths)
        .put("complaints", complaints().size())
        .toString();
  }

  private OptionalLong worst(Function<Judgement, OptionalLong> time) {
    var times = times(time);
    return times.length < rounds.size() || times.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(times[times.length - 1]);
  }

  private OptionalLong median(Function<Judgement, OptionalLong> time) {
    var times = times(time);
    return times.length == 0 ? OptionalLong.empty() : OptionalLong.of(times[times.length / 2]);
  }

  private long[] times(Function<Judgement, OptionalLong> time) {
    return rounds.stream().map(time).flatMapToLong(OptionalLong::stream).sorted().toArray();
  }
}
