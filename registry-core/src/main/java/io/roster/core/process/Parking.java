package io.roster.core.process;

import java.util.concurrent.locks.LockSupport;

/** Waiting for a wake-up, which may come for no reason, as {@link LockSupport} has it. */
final class Parking {

  private Parking() {}

  /**
   * Waits.
   *
   * @param nanos how long at most; {@code Long.MAX_VALUE} for ever, which costs no timer
   */
  static void park(Object blocker, long nanos) {
    if (nanos == Long.MAX_VALUE) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, nanos);
    }
  }
}
