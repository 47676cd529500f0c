package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.TrialOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * One scenario of a sweep, to be run under several seeds. Immutable.
 *
 * @param sweep which question it belongs to; empty for what somebody asked for by itself
 * @param variant what is special about it: a preset, a combination of parts, a share of loss
 * @param options the scenario
 * @param seeds how many runs are wanted
 */
public record Cell(Optional<Sweep> sweep, String variant, TrialOptions options, int seeds) {

  /** What a run does before and after the scenario itself, about. */
  private static final Duration AROUND = Duration.ofSeconds(10);

  /** How much there is to simulate in one run, in seconds of one node, about. */
  double nodeSeconds() {
    double held =
        switch (options.scenario()) {
          case QUIET, SLOW, STARVED, ONE_WAY, PARTIAL, CUT -> options.hold().toMillis() / 1e3;
          case CRASH, KILL, LEAVE, RESTART -> 0;
        };
    return options.nodes() * (held + AROUND.toSeconds());
  }

  boolean isOf(Sweep question) {
    return sweep.equals(Optional.of(question));
  }

  /** What it is, in one line. */
  String title() {
    return "%s: %s, %,d nodes".formatted(variant, options.scenario().title(), options.nodes());
  }
}
