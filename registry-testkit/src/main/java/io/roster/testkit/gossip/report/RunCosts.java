package io.roster.testkit.gossip.report;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How long runs take, learned from those that are over. Not thread-safe. */
final class RunCosts {

  /** Before anything was measured: a second of one node takes so long to simulate. */
  private static final double FIRST_GUESS_NANOS = 150_000;

  private final Map<Cell, Spent> own = new HashMap<>();
  private final TreeMap<Integer, Spent> spent = new TreeMap<>();

  private record Spent(double nodeSeconds, double nanos) {

    Spent plus(Spent other) {
      return new Spent(nodeSeconds + other.nodeSeconds, nanos + other.nanos);
    }

    double each() {
      return nanos / nodeSeconds;
    }
  }

  /** What a run would take if a second of one node took the same everywhere. */
  private static double guess(Cell cell) {
    return cell.nodeSeconds() * FIRST_GUESS_NANOS;
  }

  void add(Cell cell, long nanos) {
    var run = new Spent(cell.nodeSeconds(), nanos);
    own.merge(cell, run, Spent::plus);
    spent.merge(cell.options().nodes(), run, Spent::plus);
  }

  /**
   * What a run should take by those of the same cell, else by those of as many nodes, else of
   * fewer: the caches serve larger clusters worse.
   */
  double nanos(Cell cell) {
    var same = own.get(cell);
    if (same != null) {
      return cell.nodeSeconds() * same.each();
    }
    var known = spent.floorEntry(cell.options().nodes());
    if (known == null) {
      return guess(cell);
    }
    double growth = Math.sqrt((double) cell.options().nodes() / known.getKey());
    return cell.nodeSeconds() * known.getValue().each() * growth;
  }
}
