package io.roster.core.server;

import java.time.Duration;

/** What a server does after {@code init} or a handler. Immutable. */
public sealed interface Follow {

  /** Waits. */
  Follow NOTHING = new Nothing();

  /** Waits. */
  record Nothing() implements Follow {}

  /**
   * Waits, and gets {@code IdleTimeout} if nothing comes for so long.
   *
   * @param timeout how long, zero or more
   */
  record IdleAfter(Duration timeout) implements Follow {
    /** Checks the time. */
    public IdleAfter {
      if (timeout.isNegative()) {
        throw new IllegalArgumentException(
            "expected an idle timeout of zero or more, got: " + timeout);
      }
    }
  }

  /**
   * Handles a message of its own before anything of the mailbox.
   *
   * @param message one of the server's messages
   */
  record Continue(Object message) implements Follow {}
}
