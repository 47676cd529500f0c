package io.roster.core.identity;

/** Where a message can be sent: a process, a reply address, or a name on a node. Immutable. */
public sealed interface Destination permits Pid, Alias, Named {

  /** The node that the message must reach. */
  NodeName nodeName();
}
