package io.roster.testkit.gossip;

import java.util.function.Supplier;

/** One thing that must hold, by the number under which it is known. */
enum Law {
  /** Only a member changes its version. */
  I1,
  /** A view is the join of all that was heard. */
  I2,
  /** Who is well and in reach is not dead when all is quiet, and who is gone is. */
  I3,
  /** Nobody comes back with nothing new. */
  I4,
  /** A suspect is told. */
  I5,
  /** All views are equal when all is quiet. */
  I6,
  /** What is kept and sent is bounded. */
  I7,
  /** Every accuser counts once. */
  I8,
  /** Strangers change nothing, and are sent no more than they sent. */
  I9,
  /** Of two processes with one name the later start stays. */
  I10,
  /** Time is what passes, whatever a clock on the wall says. */
  I11,
  /** Up and down alternate. */
  I12;

  /** Throws, and says {@code otherwise}, unless it holds. */
  void require(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new AssertionError(this + ": " + otherwise.get());
    }
  }
}
