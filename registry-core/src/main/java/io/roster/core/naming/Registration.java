package io.roster.core.naming;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;

/** What became of a claim to a name. Immutable. */
public sealed interface Registration {

  /**
   * The name is the claimant's.
   *
   * @param name the name
   * @param pid its owner
   */
  record Registered(ProcessName name, Pid pid) implements Registration {}

  /**
   * Another process has the name.
   *
   * @param name the name
   * @param owner who has it
   */
  record AlreadyRegistered(ProcessName name, Pid owner) implements Registration {}

  /**
   * The claimant is not alive, so nothing was registered.
   *
   * @param name the name
   * @param pid the claimant
   */
  record NotAlive(ProcessName name, Pid pid) implements Registration {}

  /**
   * The scope of the name takes no claims now.
   *
   * @param name the name
   * @param detail why, for people
   */
  record Refused(ProcessName name, String detail) implements Registration {}

  /**
   * No answer came in time: the claim may or may not stand. A later look at the name resolves it.
   *
   * @param name the name
   * @param detail what was waited for
   */
  record Unknown(ProcessName name, String detail) implements Registration {}
}
