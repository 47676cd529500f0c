package io.roster.node.names.store;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import java.util.Comparator;

/**
 * What the arbiter knows of one name. Immutable.
 *
 * <p>Records of one name form a chain (a total order), so joining any number of them, in any order
 * and as often as one likes, gives the same record: the one with the highest epoch. An owner whose
 * claim was joined away wrongly asserts it again under a higher epoch.
 */
public sealed interface StoredName {

  /** The record that stands comes last. */
  Comparator<StoredName> ORDER =
      Comparator.comparingLong(StoredName::epoch)
          .thenComparing(StoredName::isHeld)
          .thenComparing(StoredName::compareSameKind);

  /** The name. */
  ProcessName name();

  /** How often the name has changed hands. */
  long epoch();

  /** The registration that holds the name or held it last. */
  RegistrationId id();

  /**
   * Somebody holds the name.
   *
   * @param claim the holder's claim
   */
  record Held(Claim claim) implements StoredName {
    @Override
    public ProcessName name() {
      return claim.name();
    }

    @Override
    public long epoch() {
      return claim.epoch();
    }

    @Override
    public RegistrationId id() {
      return claim.id();
    }
  }

  /**
   * The name was given up; kept so that a merge cannot bring the old holder back.
   *
   * @param name the name
   * @param epoch one more than the last holder's
   * @param id the last holder's registration
   */
  record Freed(ProcessName name, long epoch, RegistrationId id) implements StoredName {}

  /** The one of two records of one name that stands. */
  static StoredName join(StoredName one, StoredName other) {
    return ORDER.compare(one, other) >= 0 ? one : other;
  }

  /** Whether somebody holds the name. */
  default boolean isHeld() {
    return this instanceof Held;
  }

  private static int compareSameKind(StoredName one, StoredName other) {
    if (one instanceof Held(Claim first) && other instanceof Held(Claim second)) {
      return Claim.OLDER_FIRST.compare(second, first);
    }
    return one.id().compareTo(other.id());
  }
}
