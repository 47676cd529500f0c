package io.roster.testkit.gossip.report;

import io.roster.net.membership.GossipOptions;
import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.gossip.Summary;
import io.roster.testkit.gossip.TrialOptions;
import io.roster.testkit.sim.Link;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows of a table without the runs behind them. Stateless. */
final class Rows {

  private Rows() {}

  /** A cell of a sweep, with one run for each of {@code millis}: its only time of any kind. */
  static Row row(Sweep sweep, Scenario scenario, int nodes, long... millis) {
    return row(Optional.of(sweep), scenario, nodes, millis);
  }

  /** The same of a scenario that somebody asked for by itself. */
  static Row own(Scenario scenario, int nodes, long... millis) {
    return row(Optional.empty(), scenario, nodes, millis);
  }

  /** One run of a cell of a sweep in which something besides times was seen. */
  static Row seen(Sweep sweep, Scenario scenario, int nodes, long falseAtHealthy, double bytes) {
    var options = options(scenario, nodes);
    var figures =
        new Figures(
            nodes,
            1,
            List.of(),
            List.of(),
            List.of(),
            falseAtHealthy,
            falseAtHealthy,
            0,
            bytes,
            10,
            List.of());
    return new Row(
        new Cell(Optional.of(sweep), "lan", options, 1),
        new Summary(options, List.of(figures), List.of()));
  }

  private static TrialOptions options(Scenario scenario, int nodes) {
    return new TrialOptions(
        nodes, scenario, GossipOptions.lan(), Link.lan(), Duration.ofSeconds(10), 1, true);
  }

  private static Row row(Optional<Sweep> sweep, Scenario scenario, int nodes, long... millis) {
    var options = options(scenario, nodes);
    var runs =
        Arrays.stream(millis)
            .mapToObj(
                time ->
                    new Figures(
                        nodes,
                        1,
                        List.of(time * 1_000),
                        List.of(time),
                        List.of(time),
                        0,
                        0,
                        scenario == Scenario.SLOW ? 4 : 0,
                        1_000,
                        10,
                        List.of(time)))
            .toList();
    return new Row(
        new Cell(sweep, "lan", options, Math.max(1, millis.length)),
        new Summary(options, runs, List.of()));
  }
}
