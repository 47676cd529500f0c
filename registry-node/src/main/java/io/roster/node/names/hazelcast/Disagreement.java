package io.roster.node.names.hazelcast;

import java.time.Duration;

/** For how long two views have differed without a break. Thread-safe. */
final class Disagreement {

  /** Guarded by this. */
  private boolean differing;

  /** Invariant: when the present difference began, if there is one. Guarded by this. */
  private long sinceNanos;

  synchronized void note(boolean agree, long nowNanos) {
    if (!agree && !differing) {
      sinceNanos = nowNanos;
    }
    differing = !agree;
  }

  synchronized Duration lasting(long nowNanos) {
    return differing ? Duration.ofNanos(nowNanos - sinceNanos) : Duration.ZERO;
  }
}
