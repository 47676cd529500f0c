package io.roster.core.task;

import io.roster.core.process.Request;
import io.roster.core.signal.ExitReason;
import java.time.Duration;

/**
 * What became of a task. Immutable.
 *
 * @param <T> the value
 */
public sealed interface TaskResult<T> {

  /**
   * It is done.
   *
   * @param value what it computed
   * @param <T> the value's type
   */
  record Done<T>(T value) implements TaskResult<T> {}

  /**
   * It ended without a value.
   *
   * @param reason why
   * @param <T> the value's type
   */
  record Exited<T>(ExitReason reason) implements TaskResult<T> {}

  /**
   * It took too long; a late value is dropped.
   *
   * @param waited how long it was waited for
   * @param <T> the value's type
   */
  record TimedOut<T>(Duration waited) implements TaskResult<T> {}

  /**
   * The value.
   *
   * @throws TaskException if there is none
   */
  default T orElseThrow() {
    return switch (this) {
      case Done<T>(T value) -> value;
      case Exited<T> _, TimedOut<T> _ -> throw new TaskException(this);
    };
  }

  /** How a request to a task ended. */
  @SuppressWarnings("unchecked") // the task's body fixed the type
  static <T> TaskResult<T> of(Request.Outcome outcome) {
    return switch (outcome) {
      case Request.Outcome.Replied(Object value) -> new Done<>((T) value);
      case Request.Outcome.ServerEnded(_, ExitReason reason) -> new Exited<>(reason);
      case Request.Outcome.TimedOut(Duration waited) -> new TimedOut<>(waited);
      case Request.Outcome.Refused(var why) ->
          new Exited<>(new ExitReason.Crashed("not started: " + why));
      case Request.Outcome.Cancelled() -> new Exited<>(ExitReason.shutdown());
    };
  }
}
