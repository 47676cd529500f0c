package io.roster.core.process;

import java.util.Optional;

/**
 * Something that people should hear of. Records implement it; a test looks at their components, and
 * text is made at the edge.
 */
public interface Report {

  /** How much it matters. */
  enum Severity {
    /** Worth knowing. */
    INFO,
    /** Something was refused or dropped. */
    WARNING,
    /** Something failed. */
    ERROR
  }

  /** How much this report matters. */
  Severity severity();

  /** What was thrown, if anything was. */
  default Optional<Throwable> cause() {
    return Optional.empty();
  }
}
