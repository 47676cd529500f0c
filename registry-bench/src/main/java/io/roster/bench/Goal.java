package io.roster.bench;

import org.jspecify.annotations.Nullable;

/** What a figure is to reach. Immutable. */
public sealed interface Goal {

  /** Nothing: it is measured to be known. */
  record None() implements Goal {}

  /**
   * To be better than the peer by a factor.
   *
   * @param factor the least ratio
   */
  record Ratio(double factor) implements Goal {}

  /**
   * A bound from above, whatever the peer's figure.
   *
   * @param bound in the unit of the work
   */
  record AtMost(double bound) implements Goal {}

  /**
   * A bound from below, whatever the peer's figure.
   *
   * @param bound in the unit of the work
   */
  record AtLeast(double bound) implements Goal {}

  /** Whether it is reached; null where that cannot be said. */
  default @Nullable Boolean isMet(@Nullable Double ours, @Nullable Double ratio) {
    return switch (this) {
      case None() -> null;
      case Ratio(double factor) -> ratio == null ? null : ratio >= factor;
      case AtMost(double bound) -> ours == null ? null : ours <= bound;
      case AtLeast(double bound) -> ours == null ? null : ours >= bound;
    };
  }
}
