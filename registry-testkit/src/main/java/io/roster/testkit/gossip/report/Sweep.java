package io.roster.testkit.gossip.report;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A question that takes many runs to answer. */
public enum Sweep {
  /** How detection, spread and load grow with the number of nodes. */
  NODES,
  /** How the presets compare, memberlist's among them. */
  PRESETS,
  /** What each part of Lifeguard saves when some nodes are slow. */
  ABLATION,
  /** What lost datagrams do to detection and to healthy nodes. */
  LOSS,
  /** How soon splits of seconds, a minute and an hour heal. */
  SPLITS,
  /** How soon all nodes find each other when all start again at once. */
  RESTART,
  /** What one-way and partial cuts do to nodes that others still reach. */
  CUTS;

  /**
   * The sweeps called so; {@code all} is all of them.
   *
   * @throws IllegalArgumentException if there is no such sweep
   */
  public static Set<Sweep> named(String name) {
    if (name.equals("all")) {
      return EnumSet.allOf(Sweep.class);
    }
    return Arrays.stream(values())
        .filter(sweep -> sweep.title().equals(name))
        .findFirst()
        .map(EnumSet::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a sweep of %s or all, got: %s".formatted(names(), name)));
  }

  /** All that {@code sweeps} ask to be run. */
  public static List<Cell> cells(Set<Sweep> sweeps) {
    return SweepPlan.of(sweeps);
  }

  /** All names, for whoever chooses. */
  public static String names() {
    return Arrays.stream(values()).map(Sweep::title).collect(Collectors.joining(", "));
  }

  /** Its name on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
