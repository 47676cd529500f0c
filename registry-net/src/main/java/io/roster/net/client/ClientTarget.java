package io.roster.net.client;

import io.roster.core.identity.Named;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.net.wire.ClientMessage.Whom;

/** Whom a client means. Immutable. */
public sealed interface ClientTarget {

  /**
   * Whoever has a name of the whole cluster when the message comes.
   *
   * @param name the name
   */
  record Global(ProcessName name) implements ClientTarget {}

  /**
   * Whoever has a name on a node when the message comes.
   *
   * @param name name and node
   */
  record OnNode(Named name) implements ClientTarget {}

  /**
   * A process.
   *
   * @param pid the process
   */
  record At(Pid pid) implements ClientTarget {}

  /** Whoever has {@code name} in the cluster. */
  static ClientTarget global(String name) {
    return new Global(new ProcessName(name));
  }

  /** Whoever has {@code name} on {@code node}. */
  static ClientTarget onNode(String name, String node) {
    return new OnNode(new Named(new ProcessName(name), new NodeName(node)));
  }

  /** The process {@code pid}. */
  static ClientTarget at(Pid pid) {
    return new At(pid);
  }

  /** {@code target} as it crosses the wire. */
  static Whom toWire(ClientTarget target) {
    return switch (target) {
      case Global(ProcessName name) -> new Whom.Global(name);
      case OnNode(Named name) -> new Whom.At(name);
      case At(Pid pid) -> new Whom.At(pid);
    };
  }
}
