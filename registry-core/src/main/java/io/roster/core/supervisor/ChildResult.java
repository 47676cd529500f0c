package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import java.util.Optional;

/** What a supervisor made of a request about a child. Immutable. */
public sealed interface ChildResult {

  /**
   * It runs now.
   *
   * @param pid the process
   */
  record Started(Pid pid) implements ChildResult {}

  /** Its {@code init} chose not to run. */
  record Ignored() implements ChildResult {}

  /**
   * It waits for its name and starts when that is free.
   *
   * @param holder who has the name, if that is known
   */
  record StandingBy(Optional<Pid> holder) implements ChildResult {}

  /**
   * It could not be started.
   *
   * @param reason why
   */
  record Failed(ExitReason reason) implements ChildResult {}

  /**
   * Its id, or its name, is that of a process which runs.
   *
   * @param pid that process
   */
  record AlreadyStarted(Pid pid) implements ChildResult {}

  /** Its id is that of a child which is down. */
  record AlreadyPresent() implements ChildResult {}

  /** It was terminated, or its specification deleted, as asked. */
  record Done() implements ChildResult {}

  /** It runs, so it can be neither restarted nor deleted. */
  record Running() implements ChildResult {}

  /** It is about to be restarted, or stands by, so it can be neither restarted nor deleted. */
  record Restarting() implements ChildResult {}

  /** There is no such child. */
  record NotFound() implements ChildResult {}

  /**
   * The supervisor takes no more children.
   *
   * @param childrenMax its limit
   */
  record MaxChildren(int childrenMax) implements ChildResult {}

  /**
   * The child does not go with the supervisor.
   *
   * @param detail what was expected and what came
   */
  record BadSpec(String detail) implements ChildResult {}

  /**
   * The process, where one was started.
   *
   * @throws IllegalStateException otherwise
   */
  default Pid orElseThrow() {
    return switch (this) {
      case Started(Pid pid) -> pid;
      case Ignored _,
          StandingBy _,
          Failed _,
          AlreadyStarted _,
          AlreadyPresent _,
          Done _,
          Running _,
          Restarting _,
          NotFound _,
          MaxChildren _,
          BadSpec _ ->
          throw new IllegalStateException("expected a child to be started, got: " + this);
    };
  }
}
