package io.roster.testkit.drill.gossip;

import java.util.Locale;

/** What is done to nodes that gossip. */
public enum Fault {
  /**
   * One process is killed, {@code kill -9}; its host refuses connections. It starts again later.
   */
  KILL,
  /** One process is stopped, {@code SIGSTOP}, and goes on later. */
  STOP,
  /** Nothing passes between two sides. */
  CUT,
  /** Nothing that one node sends arrives; it hears all others. */
  ONEWAY,
  /** Nothing passes between two nodes; all others reach both. */
  PARTIAL,
  /** Programs that have nothing to do with the nodes keep every core busy. */
  BUSY;

  /** Whether some node must be seen to go. */
  boolean isSeen() {
    return switch (this) {
      case KILL, STOP, CUT, ONEWAY -> true;
      case PARTIAL, BUSY -> false;
    };
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
