package io.roster.net.membership.udp;

/**
 * Which numbers of one sender have been seen: all of the last 1,024, and everything older. Numbers
 * may arrive in any order.
 */
final class ReplayWindow {

  private static final int BITS = 1_024;

  private final long[] seen = new long[BITS / 64];
  private long highest = -1;

  /** Whether {@code number} has not been seen and is recent enough to tell. */
  boolean isNew(long number) {
    if (number < 0 || number <= highest - BITS) {
      return false;
    }
    return number > highest || (seen[word(number)] & bit(number)) == 0;
  }

  /** Notes a number that is new. */
  void note(long number) {
    if (number > highest) {
      if (number - highest >= BITS) {
        java.util.Arrays.fill(seen, 0);
      } else {
        for (long passed = highest + 1; passed <= number; passed++) {
          seen[word(passed)] &= ~bit(passed);
        }
      }
      highest = number;
    }
    seen[word(number)] |= bit(number);
  }

  private static int word(long number) {
    return (int) (number % BITS) >>> 6;
  }

  private static long bit(long number) {
    return 1L << (number & 63);
  }
}
