package io.roster.testkit.gossip.report;

import io.roster.net.membership.GossipOptions;
import io.roster.testkit.gossip.Anomaly;
import io.roster.testkit.gossip.Lifeguard;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.gossip.TrialOptions;
import io.roster.testkit.sim.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which scenarios a sweep is made of. Stateless but for what it collects; not thread-safe. */
final class SweepPlan {

  private static final List<Integer> NODES = List.of(3, 5, 10, 32, 100, 300, 1_000, 3_000, 10_000);
  private static final List<Double> LOSS = List.of(0.0, 0.01, 0.05, 0.1, 0.2, 0.3);
  private static final Link LAN = Link.lan().losing(0.01);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /**
   * Splits of so many have each node tell of hundreds: checking it takes longer than running it.
   */
  private static final int CUT_UNCHECKED = 1_000;

  private static final int SLOW_NODES = 4;

  /** What a lasting suspicion outlasts, and what it does not. */
  private static final List<Integer> SHORT_BLOCKS_MILLIS = List.of(512, 2_048, 8_192);

  private final List<Cell> cells = new ArrayList<>();

  private SweepPlan() {}

  static List<Cell> of(Set<Sweep> sweeps) {
    var plan = new SweepPlan();
    for (Sweep sweep : sweeps) {
      switch (sweep) {
        case NODES -> plan.nodes();
        case PRESETS -> plan.presets();
        case ABLATION -> plan.ablation();
        case LOSS -> plan.loss();
        case SPLITS -> plan.splits();
        case RESTART -> plan.restart();
        case CUTS -> plan.cuts();
      }
    }
    return List.copyOf(plan.cells);
  }

  private void nodes() {
    for (int nodes : NODES) {
      for (var scenario : List.of(Scenario.CRASH, Scenario.KILL, Scenario.LEAVE)) {
        lan(Sweep.NODES, "lan", trial(nodes, scenario, Duration.ZERO), seeds(nodes, 100, 200));
      }
      // Long enough for a comparison of views at every node, which is rarer in larger clusters.
      var quiet = nodes > 1_000 ? Duration.ofMinutes(2) : MINUTE;
      lan(Sweep.NODES, "lan", trial(nodes, Scenario.QUIET, quiet), seeds(nodes, 10, 20));
    }
  }

  private void presets() {
    for (int nodes : List.of(5, 10, 100, 1_000)) {
      for (String preset : List.of("loopback", "lan", "wan", "memberlist-lan")) {
        var link = preset.equals("wan") ? Link.wan().losing(0.01) : LAN;
        for (var scenario : List.of(Scenario.CRASH, Scenario.QUIET)) {
          var trial =
              new TrialOptions(
                  nodes, scenario, GossipOptions.preset(preset), link, MINUTE, 1, true);
          int few = scenario == Scenario.QUIET ? 10 : 50;
          cells.add(new Cell(Optional.of(Sweep.PRESETS), preset, trial, seeds(nodes, 10, few)));
        }
      }
    }
  }

  private void ablation() {
    for (String preset : List.of("memberlist-lan", "lan")) {
      for (var components : Lifeguard.values()) {
        var gossip = components.of(GossipOptions.preset(preset));
        var trial = new TrialOptions(100, Scenario.SLOW, gossip, LAN, MINUTE, SLOW_NODES, true);
        var name = AblationPlots.variant(preset, components);
        cells.add(new Cell(Optional.of(Sweep.ABLATION), name, trial, 3));
      }
    }
    for (int millis : SHORT_BLOCKS_MILLIS) {
      for (var components : List.of(Lifeguard.SWIM, Lifeguard.ALL, Lifeguard.ROSTER)) {
        var gossip = components.of(GossipOptions.lan());
        var anomaly = new Anomaly(Duration.ofMillis(millis), Anomaly.LONG.runs());
        var trial =
            new TrialOptions(100, Scenario.SLOW, gossip, LAN, MINUTE, SLOW_NODES, anomaly, true);
        var name = AblationPlots.variant("lan, %,d ms".formatted(millis), components);
        cells.add(new Cell(Optional.of(Sweep.ABLATION), name, trial, 2));
      }
    }
  }

  private void loss() {
    for (double share : LOSS) {
      for (int nodes : List.of(10, 100)) {
        for (var scenario : List.of(Scenario.CRASH, Scenario.QUIET)) {
          var link = Link.lan().losing(share);
          var hold = Duration.ofSeconds(nodes > 10 ? 10 : 60);
          var trial = new TrialOptions(nodes, scenario, GossipOptions.lan(), link, hold, 1, true);
          var variant = "%.0f %% lost".formatted(share * 100);
          int few = scenario == Scenario.QUIET ? 10 : 100;
          cells.add(new Cell(Optional.of(Sweep.LOSS), variant, trial, seeds(nodes, 10, few)));
        }
      }
    }
  }

  private void splits() {
    splits(Duration.ofSeconds(10), 100);
    splits(MINUTE, 40);
    splits(Duration.ofHours(1), 5);
  }

  private void splits(Duration hold, int few) {
    for (int nodes : List.of(3, 5, 10, 100, 1_000)) {
      var trial = trial(nodes, Scenario.CUT, hold);
      lan(Sweep.SPLITS, "split of " + text(hold), trial, seeds(nodes, 50, few));
    }
  }

  private void restart() {
    for (int nodes : List.of(3, 5, 10, 32, 100, 300, 1_000)) {
      lan(
          Sweep.RESTART,
          "all start again",
          trial(nodes, Scenario.RESTART, Duration.ZERO),
          seeds(nodes, 10, 100));
    }
  }

  private void cuts() {
    for (int nodes : List.of(5, 10, 100, 1_000)) {
      lan(Sweep.CUTS, "one-way", trial(nodes, Scenario.ONE_WAY, MINUTE), seeds(nodes, 10, 50));
      lan(Sweep.CUTS, "partial", trial(nodes, Scenario.PARTIAL, MINUTE), seeds(nodes, 10, 50));
    }
  }

  private void lan(Sweep sweep, String variant, TrialOptions trial, int seeds) {
    cells.add(new Cell(Optional.of(sweep), variant, trial, seeds));
  }

  /** Two fifths are on the smaller side of a split. */
  private static TrialOptions trial(int nodes, Scenario scenario, Duration hold) {
    int smaller = Math.max(1, nodes * 2 / 5);
    boolean isChecked = scenario != Scenario.CUT || nodes < CUT_UNCHECKED;
    return new TrialOptions(nodes, scenario, GossipOptions.lan(), LAN, hold, smaller, isChecked);
  }

  /** {@code count} up to so many nodes, fewer for more, at least one. */
  private static int seeds(int nodes, int upTo, int count) {
    return Math.max(1, (int) Math.ceil(count * Math.min(1, (double) upTo / nodes)));
  }

  private static String text(Duration hold) {
    return hold.toHours() > 0 ? hold.toHours() + " h" : hold.toSeconds() + " s";
  }
}
