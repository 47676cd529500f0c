package io.roster.net.client;

/** Why a client has no answer. Immutable. */
public sealed interface ClientFailure {

  /**
   * Nobody has the name.
   *
   * @param name the name as it was given
   */
  record NoSuchName(String name) implements ClientFailure {}

  /**
   * The process had ended before the message came.
   *
   * @param process the process as it was given
   */
  record NoSuchProcess(String process) implements ClientFailure {}

  /**
   * The process ended before it answered.
   *
   * @param reason why, for people
   */
  record ServerDown(String reason) implements ClientFailure {}

  /**
   * The message was not sent: there was no connection to any node in time, or none from there to
   * the process's node.
   *
   * @param detail which connection, for people
   */
  record ConnectionLost(String detail) implements ClientFailure {}

  /**
   * Something on the way is full: a mailbox, a connection, or the client's own table of questions.
   *
   * @param queued what waits there already
   */
  record Overloaded(long queued) implements ClientFailure {}

  /**
   * The message is larger than messages may be.
   *
   * @param bytes its size
   * @param bytesMax the limit
   */
  record TooLarge(long bytes, long bytesMax) implements ClientFailure {}

  /**
   * The message was not understood, here or there: its type is not registered.
   *
   * @param detail what was expected and what came
   */
  record Refused(String detail) implements ClientFailure {}

  /**
   * The message was sent and no answer came in time, or the connection was lost meanwhile. It may
   * have run, or may still run.
   *
   * @param detail what was waited for, for people
   */
  record Unknown(String detail) implements ClientFailure {}

  /** Whether the message certainly did not run. When false it may have run, or may still run. */
  default boolean certainlyNotRun() {
    return switch (this) {
      case NoSuchName _, NoSuchProcess _, ConnectionLost _, Overloaded _, TooLarge _, Refused _ ->
          true;
      case ServerDown _, Unknown _ -> false;
    };
  }
}
