package io.roster.core.server;

import org.jspecify.annotations.Nullable;

/** What every state of a server must be. */
final class States {

  private States() {}

  /** Refuses null where it comes in: found at the next message, it would tell nobody its source. */
  static void check(@Nullable Object state) {
    if (state == null) {
      throw new IllegalArgumentException("expected a state, got: null");
    }
  }
}
