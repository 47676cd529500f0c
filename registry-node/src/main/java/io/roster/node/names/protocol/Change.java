package io.roster.node.names.protocol;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;

/** One step in an owner's stream: its own table changes so. Immutable. */
public sealed interface Change {

  /**
   * The owner holds this claim from now on, in place of any other of that name that it held.
   *
   * @param claim the claim
   */
  record Hold(Claim claim) implements Change {}

  /**
   * The owner gave a name up.
   *
   * @param name the name
   * @param id the registration that ended
   */
  record Drop(ProcessName name, RegistrationId id) implements Change {}

  /**
   * The owner gave a name up because another claim stands after a heal. Told before its process is.
   *
   * @param lost the claim that gave way
   * @param winner the claim that it gave way to
   */
  record Lost(Claim lost, Claim winner) implements Change {}
}
