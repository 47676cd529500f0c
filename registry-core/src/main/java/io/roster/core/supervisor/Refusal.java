package io.roster.core.supervisor;

import java.util.Optional;

/** Why a supervisor refuses what it is asked about a child; empty if it does not. Pure. */
final class Refusal {

  private Refusal() {}

  /**
   * To start a child.
   *
   * @param present who has its id
   * @param size how many children there are
   */
  static Optional<ChildResult> toStart(
      SupervisorConfig config, ChildSpec spec, Optional<Child> present, int size) {
    String problem = config.problemWith(spec);
    if (!problem.isEmpty()) {
      return Optional.of(new ChildResult.BadSpec(problem));
    }
    if (present.isPresent()) {
      return present
          .flatMap(Child::pid)
          .<ChildResult>map(ChildResult.AlreadyStarted::new)
          .or(() -> Optional.of(new ChildResult.AlreadyPresent()));
    }
    return size < config.childrenMax()
        ? Optional.empty()
        : Optional.of(new ChildResult.MaxChildren(config.childrenMax()));
  }

  /** To start a child again, or to delete it: either needs one that is down. */
  static Optional<ChildResult> unlessDown(Optional<ChildInfo.Status> present) {
    return present.isEmpty()
        ? Optional.of(new ChildResult.NotFound())
        : switch (present.get()) {
          case DOWN -> Optional.empty();
          case RUNNING, STARTING, STOPPING -> Optional.of(new ChildResult.Running());
          case RESTARTING, STANDING_BY -> Optional.of(new ChildResult.Restarting());
        };
  }
}
