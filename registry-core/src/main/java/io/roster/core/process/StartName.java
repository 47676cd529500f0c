package io.roster.core.process;

import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;

/** The name that a process takes before its {@code init} runs. Immutable. */
public sealed interface StartName {

  /** None. */
  record Anonymous() implements StartName {}

  /**
   * A name on this node.
   *
   * @param name the name
   */
  record Local(ProcessName name) implements StartName {}

  /**
   * A name in a registry.
   *
   * @param via which registry and which name
   */
  record InRegistry(Via via) implements StartName {}
}
