package io.roster.core.server;

import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server begins. Immutable.
 *
 * @param <S> the state
 */
public sealed interface Init<S> {

  /**
   * It runs.
   *
   * @param state the first state, never null
   * @param follow what comes before any message
   * @param <S> the state's type
   */
  record Ok<S>(S state, Follow follow) implements Init<S> {
    /** Checks the state. */
    public Ok {
      States.check(state);
    }

    /** Sends {@code IdleTimeout} if nothing comes for so long. */
    public Ok<S> withIdleTimeout(Duration timeout) {
      return new Ok<>(state, new Follow.IdleAfter(timeout));
    }

    /** Handles {@code message}, one of the server's own, before anything of the mailbox. */
    public Ok<S> thenContinue(Object message) {
      return new Ok<>(state, new Follow.Continue(message));
    }
  }

  /**
   * It does not run, and that is well.
   *
   * @param <S> the state's type
   */
  record Ignore<S>() implements Init<S> {}

  /**
   * It cannot run.
   *
   * @param reason why
   * @param <S> the state's type
   */
  record Stop<S>(ExitReason reason) implements Init<S> {}

  /**
   * It cannot run, which its starter is told and nobody else: the process ends normally, so whoever
   * is linked to it goes on.
   *
   * @param reason why
   * @param <S> the state's type
   */
  record Fail<S>(ExitReason reason) implements Init<S> {}

  /** It runs, and begins with {@code state}. */
  static <S> Ok<S> ok(S state) {
    return new Ok<>(state, Follow.NOTHING);
  }

  /** It does not run, and that is well: a supervisor keeps the child without a process. */
  static <S> Init<S> ignore() {
    return new Ignore<>();
  }

  /** It cannot run; its starter is told so, and nobody who is linked ends by it. */
  static <S> Init<S> fail(ExitReason reason) {
    return new Fail<>(reason);
  }

  /** It cannot run, and ends with {@code reason}, by which a linked starter ends too. */
  static <S> Init<S> stop(ExitReason reason) {
    return new Stop<>(reason);
  }

  /** The state, if it runs. */
  default Optional<S> initialState() {
    return switch (this) {
      case Ok<S>(S state, Follow _) -> Optional.of(state);
      case Ignore<S> _, Stop<S> _, Fail<S> _ -> Optional.empty();
    };
  }
}
