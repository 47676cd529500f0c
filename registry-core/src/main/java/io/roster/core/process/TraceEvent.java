package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;

/**
 * Something that a traced process went through. Immutable.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/sys.html#trace/2">sys:trace</a>
 */
public sealed interface TraceEvent {

  /** The traced process. */
  Pid pid();

  /**
   * It takes a message, or a signal that it sees as one.
   *
   * @param pid the process
   * @param message what it takes
   */
  record Took(Pid pid, Object message) implements TraceEvent {}

  /**
   * A server is done with a message.
   *
   * @param pid the process
   * @param message what it took
   * @param nanos how long its handler ran
   */
  record Handled(Pid pid, Object message, long nanos) implements TraceEvent {}

  /**
   * It ended.
   *
   * @param pid the process
   * @param reason why
   */
  record Ended(Pid pid, ExitReason reason) implements TraceEvent {}
}
