package io.roster.node.names.protocol;

import io.roster.core.naming.Registration;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A registration on its way. Confined to {@link Registrations}. */
final class Attempt {

  final Input.Register wish;
  final RegistrationId id;

  /** Whom it may replace: registrations that are known to be over, or that it means to end. */
  final Set<RegistrationId> over = new HashSet<>();

  Phase phase = Phase.QUEUED;

  /** When the present phase is over at the latest. */
  long untilNanos;

  /** Invariant: present while the holder is asked whether it still holds the name. */
  Optional<Claim> doubted = Optional.empty();

  /** Whether the arbiter may have granted the claim without saying so. */
  boolean uncertain;

  /** How often the holder turned out to be a node that nobody has spoken of. */
  int strangers;

  String waitsFor = "its turn";

  Attempt(Input.Register wish, RegistrationId id) {
    this.wish = wish;
    this.id = id;
  }

  enum Phase {
    QUEUED,
    ASKING_HOLDER,
    ASKING_ARBITER,
    PAUSING,
    /** Answered; whatever the arbiter still grants is given back. */
    OVER
  }

  Registration taken(Claim holder) {
    return new Registration.AlreadyRegistered(wish.name(), holder.owner());
  }

  Registration registered() {
    return new Registration.Registered(wish.name(), wish.pid());
  }

  Registration notAlive() {
    return new Registration.NotAlive(wish.name(), wish.pid());
  }

  /** What to say when time is up. */
  Registration late() {
    return uncertain || phase == Phase.ASKING_ARBITER
        ? new Registration.Unknown(wish.name(), "waited for " + waitsFor)
        : new Registration.Refused(wish.name(), "waited for " + waitsFor);
  }
}
