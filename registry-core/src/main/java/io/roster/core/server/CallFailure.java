package io.roster.core.server;

import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import java.time.Duration;

/** Why a call has no reply. Immutable. */
public sealed interface CallFailure {

  /**
   * Nobody has the name.
   *
   * @param name the name
   */
  record NoSuchName(ProcessName name) implements CallFailure {}

  /**
   * The server ended before it answered, or never was.
   *
   * @param server who was asked
   * @param reason why it ended
   */
  record ServerDown(Destination server, ExitReason reason) implements CallFailure {}

  /**
   * There is no connection to the server's node, or it broke while the answer was awaited.
   *
   * @param node the node
   */
  record ConnectionLost(NodeName node) implements CallFailure {}

  /**
   * No answer came in time. A late one is dropped.
   *
   * @param waited how long
   */
  record TimedOut(Duration waited) implements CallFailure {}

  /**
   * The server's mailbox, or the link to its node, is full.
   *
   * @param server who was asked
   * @param queued what waits there already
   */
  record Overloaded(Destination server, long queued) implements CallFailure {}

  /**
   * The request is larger than messages may be.
   *
   * @param bytes its size
   * @param bytesMax the limit
   */
  record TooLarge(long bytes, long bytesMax) implements CallFailure {}

  /**
   * The request cannot cross the wire.
   *
   * @param detail what was expected and what came
   */
  record NotEncodable(String detail) implements CallFailure {}

  /**
   * A server called itself, which it could never answer.
   *
   * @param self the server
   */
  record CallingSelf(Pid self) implements CallFailure {}

  /** The call was given up before it was answered. */
  record Cancelled() implements CallFailure {}

  /** Whether the request certainly did not run. When false it may have run, or may still run. */
  default boolean certainlyNotRun() {
    return switch (this) {
      case NoSuchName _, Overloaded _, TooLarge _, NotEncodable _, CallingSelf _ -> true;
      case ServerDown(Destination _, ExitReason reason) -> reason instanceof ExitReason.NoProcess;
      case ConnectionLost _, TimedOut _, Cancelled _ -> false;
    };
  }
}
