package io.roster.core.server;

import io.roster.core.signal.ExitReason;
import java.time.Duration;

/**
 * What a handler makes of a message. Immutable.
 *
 * @param <S> the state, never null
 */
public sealed interface Next<S> {

  /**
   * The server goes on.
   *
   * @param state its state from now on
   * @param follow what it does before the next message
   * @param <S> the state's type
   */
  record Proceed<S>(S state, Follow follow) implements Next<S> {
    /** Checks the state. */
    public Proceed {
      States.check(state);
    }

    /** Sends {@code IdleTimeout} if nothing comes for so long. */
    public Proceed<S> withIdleTimeout(Duration timeout) {
      return new Proceed<>(state, new Follow.IdleAfter(timeout));
    }

    /** Handles {@code message}, one of the server's own, before anything of the mailbox. */
    public Proceed<S> thenContinue(Object message) {
      return new Proceed<>(state, new Follow.Continue(message));
    }
  }

  /**
   * The server goes on and has the signal reported, because it had no use for it.
   *
   * @param state its state, unchanged
   * @param <S> the state's type
   */
  record Unhandled<S>(S state) implements Next<S> {
    /** Checks the state. */
    public Unhandled {
      States.check(state);
    }
  }

  /**
   * The server ends; {@code terminate} is called first.
   *
   * @param reason why
   * @param state its last state
   * @param <S> the state's type
   */
  record Stop<S>(ExitReason reason, S state) implements Next<S> {
    /** Checks the state. */
    public Stop {
      States.check(state);
    }
  }

  /** Goes on with {@code state}. */
  static <S> Proceed<S> proceed(S state) {
    return new Proceed<>(state, Follow.NOTHING);
  }

  /** Goes on with {@code state} and has the signal reported. */
  static <S> Next<S> unhandled(S state) {
    return new Unhandled<>(state);
  }

  /** Ends. */
  static <S> Next<S> stop(ExitReason reason, S state) {
    return new Stop<>(reason, state);
  }

  /** The state that it leads to. */
  S state();
}
