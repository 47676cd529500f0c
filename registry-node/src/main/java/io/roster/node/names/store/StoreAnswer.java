package io.roster.node.names.store;

import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;

/** What became of a {@link StoreOperation}. Immutable. */
public sealed interface StoreAnswer {

  /**
   * The name is the claimant's.
   *
   * @param claim the claim as it stands in the store, under the epoch that the store gave it
   */
  record Granted(Claim claim) implements StoreAnswer {}

  /**
   * Another registration has the name; nothing was changed.
   *
   * @param holder its claim
   */
  record Taken(Claim holder) implements StoreAnswer {}

  /**
   * The store knows of the end of this very registration, under an epoch that the claim does not
   * exceed; nothing was changed.
   *
   * @param id the registration
   * @param epoch the epoch of its end
   */
  record Ended(RegistrationId id, long epoch) implements StoreAnswer {}

  /** The registration does not hold the name, now at the latest. */
  record Released() implements StoreAnswer {}

  /**
   * The store cannot be reached; the operation certainly had no effect.
   *
   * @param detail why, for people
   */
  record Unavailable(String detail) implements StoreAnswer {}

  /**
   * Nobody knows whether the operation had an effect. It may be tried again.
   *
   * @param detail why, for people
   */
  record Indeterminate(String detail) implements StoreAnswer {}
}
