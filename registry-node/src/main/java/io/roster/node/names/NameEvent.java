package io.roster.node.names;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;

/** What became of a name, as this node hears of it. Immutable. */
public sealed interface NameEvent {

  /** The name. */
  ProcessName name();

  /**
   * The name has an owner now.
   *
   * @param name the name
   * @param owner who
   */
  record Registered(ProcessName name, Pid owner) implements NameEvent {}

  /**
   * The name has another owner now.
   *
   * @param name the name
   * @param before who had it
   * @param owner who has it
   */
  record Moved(ProcessName name, Pid before, Pid owner) implements NameEvent {}

  /**
   * Nobody has the name now.
   *
   * @param name the name
   * @param before who had it
   */
  record Unregistered(ProcessName name, Pid before) implements NameEvent {}

  /** Hears of events, one at a time, on the thread of the names; must not block. */
  @FunctionalInterface
  interface Listener {

    /** Something happened. */
    void on(NameEvent event);
  }

  /** An interest that can be given up. */
  @FunctionalInterface
  interface Subscription extends AutoCloseable {

    /** No event is told from now on, but for one that is being told. */
    @Override
    void close();
  }
}
