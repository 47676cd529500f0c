package io.roster.core.process;

import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;

/**
 * A process without a thread: it is given a virtual thread while there is something to do. This is
 * the floor that servers stand on; write a {@code GenServer} instead.
 *
 * <p>All methods are called by one thread at a time and may block. What they throw crashes the
 * process.
 */
public interface Reactor {

  /** Whether the process goes on. Immutable. */
  sealed interface Reaction {

    /** It does. */
    Reaction GO_ON = new GoOn();

    /** It does. */
    record GoOn() implements Reaction {}

    /**
     * It ends; {@link Reactor#end} is called next.
     *
     * @param reason why
     */
    record Stop(ExitReason reason) implements Reaction {}
  }

  /**
   * Comes first, before anything of the mailbox.
   *
   * @throws Exception crashes the process
   */
  Reaction begin(ProcessContext self) throws Exception;

  /**
   * Takes the next thing: a user's message, a {@link Signal.Down} or a trapped {@link Signal.Exit}.
   *
   * @throws Exception crashes the process
   */
  Reaction on(Object item) throws Exception;

  /**
   * The process is about to end by itself, by crash, or because its parent asked and it traps
   * exits. It is still alive. Not called when it is killed or ended by another's exit signal.
   *
   * @throws Exception replaces the reason by the crash
   */
  void end(ExitReason reason) throws Exception;

  /** The process is dead, its names are free and everybody has been told. Must not block. */
  default void ended(ExitReason reason) {}

  /** What it runs, for people. */
  String label();

  /** What it holds, for people: looked at between two messages. */
  default Object state() {
    return label();
  }
}
