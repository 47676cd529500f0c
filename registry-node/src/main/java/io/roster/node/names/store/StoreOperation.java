package io.roster.node.names.store;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.store.StoredName.Freed;
import io.roster.node.names.store.StoredName.Held;
import java.util.Optional;
import java.util.Set;

/**
 * One atomic change of one name in the arbiter. Immutable, pure and idempotent: applied a second
 * time, by a retry whose first answer was lost, it changes nothing and answers the same.
 */
public sealed interface StoreOperation {

  /** The name that it changes. */
  ProcessName name();

  /** What the operation makes of the present record. */
  Applied apply(Optional<StoredName> present);

  /**
   * The outcome of an operation. Immutable.
   *
   * @param next what to write, or nothing if the record stays as it is
   * @param answer what to tell the caller
   */
  record Applied(Optional<StoredName> next, StoreAnswer answer) {

    private static Applied write(StoredName next, StoreAnswer answer) {
      return new Applied(Optional.of(next), answer);
    }

    private static Applied keep(StoreAnswer answer) {
      return new Applied(Optional.empty(), answer);
    }

    private static Applied grant(Claim claim) {
      return write(new Held(claim), new StoreAnswer.Granted(claim));
    }
  }

  /**
   * Takes a name that is free, or held by one of the registrations that the claimant knows to be
   * over or means to replace.
   *
   * @param candidate the claim; the store raises its epoch above whatever was there
   * @param over the registrations that it may replace
   */
  record Take(Claim candidate, Set<RegistrationId> over) implements StoreOperation {

    /** Copies the set. */
    public Take {
      over = Set.copyOf(over);
    }

    @Override
    public ProcessName name() {
      return candidate.name();
    }

    @Override
    public Applied apply(Optional<StoredName> present) {
      if (present.isEmpty()) {
        return Applied.grant(candidate);
      }
      return switch (present.get()) {
        case Held(Claim holder) when holder.id().equals(candidate.id()) ->
            Applied.keep(new StoreAnswer.Granted(holder));
        case Held(Claim holder) when !over.contains(holder.id()) ->
            Applied.keep(new StoreAnswer.Taken(holder));
        case Held held -> Applied.grant(above(held.epoch()));
        case Freed freed -> Applied.grant(above(freed.epoch()));
      };
    }

    private Claim above(long epoch) {
      return candidate.withEpoch(Math.max(candidate.epoch(), epoch + 1));
    }
  }

  /**
   * Writes a claim that stands, as its owner's node knows, back into the store. Gives way to a
   * record of another registration that is not older.
   *
   * @param claim the claim
   * @param over the registrations that it is known to have prevailed over
   */
  record Assert(Claim claim, Set<RegistrationId> over) implements StoreOperation {

    /** Copies the set. */
    public Assert {
      over = Set.copyOf(over);
    }

    @Override
    public ProcessName name() {
      return claim.name();
    }

    @Override
    public Applied apply(Optional<StoredName> present) {
      if (present.isEmpty() || present.get().epoch() < claim.epoch()) {
        return Applied.grant(claim);
      }
      return switch (present.get()) {
        case Held(Claim holder) when holder.id().equals(claim.id()) ->
            Applied.keep(new StoreAnswer.Granted(holder));
        case Held(Claim holder) when !over.contains(holder.id()) ->
            Applied.keep(new StoreAnswer.Taken(holder));
        case Freed freed when freed.id().equals(claim.id()) ->
            Applied.keep(new StoreAnswer.Ended(freed.id(), freed.epoch()));
        case Held held -> Applied.grant(claim.withEpoch(held.epoch() + 1));
        case Freed freed -> Applied.grant(claim.withEpoch(freed.epoch() + 1));
      };
    }
  }

  /**
   * Gives a name up if this very registration holds it.
   *
   * @param name the name
   * @param id the registration
   */
  record Release(ProcessName name, RegistrationId id) implements StoreOperation {

    @Override
    public Applied apply(Optional<StoredName> present) {
      if (present.isPresent()
          && present.get() instanceof Held(Claim holder)
          && holder.id().equals(id)) {
        return Applied.write(new Freed(name, holder.epoch() + 1, id), new StoreAnswer.Released());
      }
      return Applied.keep(new StoreAnswer.Released());
    }
  }
}
