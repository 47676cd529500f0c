package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.store.StoreOperation;
import java.util.Optional;

/** What a {@link NameTable} wants done, in order. Immutable. */
public sealed interface Effect {

  /**
   * Tell a peer, on the control lane. Lost if there is no link.
   *
   * @param to the peer
   * @param message what to tell
   */
  record Send(NodeId to, NamesMessage message) implements Effect {}

  /**
   * Lookups of {@code name} find this from now on.
   *
   * @param name the name
   * @param before what they found until now
   * @param now what they find
   */
  record Publish(ProcessName name, Optional<Claim> before, Optional<Claim> now) implements Effect {}

  /**
   * Ask the arbiter.
   *
   * @param ticket the number of the operation, for {@link Input.Stored}
   * @param operation what to ask
   */
  record Ask(long ticket, StoreOperation operation) implements Effect {}

  /**
   * Answer a registration.
   *
   * @param request the caller's number
   * @param registration what became of it
   */
  record Answer(long request, Registration registration) implements Effect {}

  /**
   * Answer a request to give a name up.
   *
   * @param request the caller's number
   * @param held whether the process held it
   */
  record Unregistered(long request, boolean held) implements Effect {}

  /**
   * A process of this node lost its name: tell it, and end it when its grace is over.
   *
   * @param lost its claim
   * @param winner the claim that stands
   */
  record Displace(Claim lost, Claim winner) implements Effect {}

  /**
   * A conflict was decided; keep it for the record. Every node that hears of it records it once.
   *
   * @param lost the claim that gave way
   * @param winner the claim that stands
   */
  record Settled(Claim lost, Claim winner) implements Effect {}
}
