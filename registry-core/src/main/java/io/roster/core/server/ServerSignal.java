package io.roster.core.server;

import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.signal.ExitReason;

/** What reaches a server besides its own messages. Immutable. */
public sealed interface ServerSignal {

  /**
   * Something that it monitors has ended.
   *
   * @param monitor the monitor
   * @param object what was monitored
   * @param reason why it ended
   */
  record Down(Ref monitor, Destination object, ExitReason reason) implements ServerSignal {}

  /**
   * An exit signal that it traps. The one of its parent never comes here: it ends the server.
   *
   * @param from who ended or who sent it
   * @param reason why
   */
  record Exit(Pid from, ExitReason reason) implements ServerSignal {}

  /** Nothing came for as long as it asked. */
  record IdleTimeout() implements ServerSignal {}

  /**
   * A message that is none of the server's own.
   *
   * @param message what came
   */
  record Stray(Object message) implements ServerSignal {}
}
