package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The time that one suspect has left. Each further independent accuser shortens it, from the
 * maximum to the minimum, the first one most (Lifeguard's dynamic suspicion timeout).
 */
final class Suspicion {

  private final int accusersMax;
  private long startedAtNanos;
  private final SequencedSet<NodeName> accusers = new LinkedHashSet<>();

  /**
   * A suspicion that begins.
   *
   * @param accusersMax how many accusers count. Each new one is news to all others, so none is
   *     taken that shortens nothing: where many are suspected at once, there would be no room left
   *     for who else is
   */
  Suspicion(long startedAtNanos, int accusersMax, List<NodeName> accusers) {
    this.accusersMax = accusersMax;
    this.startedAtNanos = startedAtNanos;
    confirm(accusers);
  }

  /** Adds accusers; the suspect's own name must not be among them. Whether any was new. */
  boolean confirm(List<NodeName> further) {
    boolean grew = false;
    for (NodeName accuser : further) {
      grew |= accusers.size() < accusersMax && accusers.add(accuser);
    }
    return grew;
  }

  /** Gives it more time, as if it had begun later; never later than now. */
  void prolong(long nanos, long nowNanos) {
    startedAtNanos = Math.min(nowNanos, startedAtNanos + nanos);
  }

  /** The first accuser first. */
  List<NodeName> accusers() {
    return new ArrayList<>(accusers);
  }

  /** Accusers beyond the first. */
  int confirmations() {
    return Math.max(0, accusers.size() - 1);
  }

  /**
   * When the suspect is dead unless it spoke up.
   *
   * @param expected how many confirmations bring the timeout to its minimum; with none to be had it
   *     is the minimum at once
   */
  long deadlineNanos(int expected, long minNanos, long maxNanos) {
    if (expected <= 0) {
      return startedAtNanos + minNanos;
    }
    double share = Math.log(confirmations() + 1.0) / Math.log(expected + 1.0);
    long timeout = (long) (maxNanos - (maxNanos - minNanos) * share);
    return startedAtNanos + Math.max(minNanos, timeout);
  }
}
