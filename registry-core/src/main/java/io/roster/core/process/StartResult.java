package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import java.time.Duration;

/**
 * How a start ended. Immutable. In every case but {@link Started} the process is gone and its name
 * is free when this is returned.
 *
 * @param <H> the handle of what was started
 */
public sealed interface StartResult<H> {

  /**
   * It runs.
   *
   * @param pid the process
   * @param handle what to talk to it with
   * @param <H> the handle's type
   */
  record Started<H>(Pid pid, H handle) implements StartResult<H> {}

  /**
   * {@code init} chose not to run.
   *
   * @param <H> the handle's type
   */
  record Ignored<H>() implements StartResult<H> {}

  /**
   * The name is another's.
   *
   * @param pid who has it
   * @param <H> the handle's type
   */
  record AlreadyStarted<H>(Pid pid) implements StartResult<H> {}

  /**
   * {@code init} stopped or threw, or the process was ended meanwhile.
   *
   * @param reason why
   * @param <H> the handle's type
   */
  record Failed<H>(ExitReason reason) implements StartResult<H> {}

  /**
   * {@code init} took too long; the process was killed.
   *
   * @param waited how long it was given
   * @param <H> the handle's type
   */
  record TimedOut<H>(Duration waited) implements StartResult<H> {}

  /**
   * The handle.
   *
   * @throws StartException if it does not run
   */
  default H orElseThrow() {
    return switch (this) {
      case Started<H>(Pid _, H handle) -> handle;
      case Ignored<H> _, AlreadyStarted<H> _, Failed<H> _, TimedOut<H> _ ->
          throw new StartException(this);
    };
  }

  /** Why it does not run, as an exit reason; {@code normal} if it runs or chose not to. */
  default ExitReason reason() {
    return switch (this) {
      case Started<H> _, Ignored<H> _ -> ExitReason.normal();
      case AlreadyStarted<H>(Pid pid) -> new ExitReason.Crashed("already started: " + pid);
      case Failed<H>(ExitReason reason) -> reason;
      case TimedOut<H>(Duration waited) ->
          new ExitReason.Crashed("init did not return within " + waited);
    };
  }
}
