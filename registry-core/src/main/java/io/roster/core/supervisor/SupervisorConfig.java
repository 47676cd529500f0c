package io.roster.core.supervisor;

import io.roster.core.process.StartName;

/**
 * What a supervisor goes by. Immutable.
 *
 * @param strategy who restarts with a failed child
 * @param limit how often children may restart
 * @param autoShutdown whether it ends with significant children
 * @param dynamic whether children come and go, without ids and without an order
 * @param childrenMax how many it takes
 */
record SupervisorConfig(
    RestartStrategy strategy,
    RestartLimit limit,
    AutoShutdown autoShutdown,
    boolean dynamic,
    int childrenMax) {

  SupervisorConfig {
    if (childrenMax < 0) {
      throw new IllegalArgumentException(
          "expected childrenMax of zero or more, got: " + childrenMax);
    }
  }

  /** Whether a child starts, stops and restarts without its siblings. */
  boolean independent() {
    return strategy == RestartStrategy.ONE_FOR_ONE;
  }

  /** Whether a child that is down for good is gone, its specification with it. */
  boolean forgets(ChildPolicy policy) {
    return dynamic || policy.restart() == Restart.TEMPORARY;
  }

  /** What is wrong with {@code spec} under this supervisor, or nothing. */
  String problemWith(ChildSpec spec) {
    if (spec.policy().significant() && autoShutdown == AutoShutdown.NEVER) {
      return "expected no significant child under a supervisor with auto shutdown NEVER, got: "
          + spec.id();
    }
    if (spec.policy().standsBy() && spec.options().name() instanceof StartName.Anonymous) {
      return "expected a name for a child that stands by for it, got none: " + spec.id();
    }
    if (spec.policy().standsBy() && dynamic) {
      return "expected no child that stands by under a dynamic supervisor, whose children go by"
          + " their processes, got: "
          + spec.id();
    }
    return "";
  }
}
