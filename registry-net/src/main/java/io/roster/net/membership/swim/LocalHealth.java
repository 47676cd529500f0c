package io.roster.net.membership.swim;

/**
 * How much this node doubts itself (Lifeguard's local health multiplier): a slow node sees
 * everybody else fail, so whoever sees failures slows its own probes down before it accuses.
 */
final class LocalHealth {

  private final int max;
  private int score;

  LocalHealth(int max) {
    this.max = max;
  }

  /** By how much probe intervals and timeouts are multiplied now: one when all is well. */
  int scale() {
    return score + 1;
  }

  int score() {
    return score;
  }

  void better() {
    score = Math.max(0, score - 1);
  }

  void worse(int by) {
    score = Math.min(max, score + by);
  }
}
