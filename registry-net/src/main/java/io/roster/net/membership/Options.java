package io.roster.net.membership;

import java.time.Duration;

/** Checks of single options; a bad one is refused with its name and value. */
final class Options {

  private Options() {}

  static void positive(String option, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("expected a positive " + option + ", got: " + value);
    }
  }

  static void zeroOrMore(String option, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "expected a " + option + " of zero or more, got: " + value);
    }
  }

  static void between(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "expected " + option + " from " + min + " to " + max + ", got: " + value);
    }
  }
}
