package io.roster.node.names.claim;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * A process's claim to a name. Immutable.
 *
 * <p>A <em>tenure</em> begins with a registration and goes on when the name is handed to another
 * process ({@code transfer}, {@code reRegister}): the hybrid time stays, the epoch grows. Two
 * claims of one name are ordered by their own fields alone, so every node prefers the same one
 * whatever it hears of first.
 *
 * @param name what is claimed
 * @param epoch how often the name has changed hands, as far as the claimant knew; a fencing token
 * @param since the hybrid time at which the tenure began
 * @param owner the process that claims the name
 * @param id this registration
 * @param replaces the registration that this one took over on purpose, if any
 * @param metadata what the owner says of itself, at most {@value #METADATA_CHARS_MAX} characters
 */
public record Claim(
    ProcessName name,
    long epoch,
    long since,
    Pid owner,
    RegistrationId id,
    Optional<RegistrationId> replaces,
    Map<String, String> metadata) {

  /** The longest metadata, keys and values together. */
  public static final int METADATA_CHARS_MAX = 1024;

  /** The claim that stands comes first: the longer tenure, and within it the latest owner. */
  public static final Comparator<Claim> OLDER_FIRST =
      Comparator.comparingLong(Claim::since)
          .thenComparing(Comparator.comparingLong(Claim::epoch).reversed())
          .thenComparing(Claim::owner)
          .thenComparing(Claim::id);

  /** Checks epoch and metadata. */
  public Claim {
    if (epoch <= 0) {
      throw new IllegalArgumentException("expected an epoch greater than zero, got: " + epoch);
    }
    metadata = Map.copyOf(metadata);
    int chars = 0;
    for (var entry : metadata.entrySet()) {
      chars += entry.getKey().length() + entry.getValue().length();
    }
    if (chars > METADATA_CHARS_MAX) {
      throw new IllegalArgumentException(
          "expected metadata of at most "
              + METADATA_CHARS_MAX
              + " characters for name "
              + name
              + ", got "
              + chars);
    }
  }

  /** The first registration of a tenure that begins at {@code since}. */
  public static Claim first(
      ProcessName name, long since, Pid owner, RegistrationId id, Map<String, String> metadata) {
    return new Claim(name, 1, since, owner, id, Optional.empty(), metadata);
  }

  /** The same tenure in the hands of {@code owner}. */
  public Claim handedTo(Pid owner, RegistrationId id, Map<String, String> metadata) {
    return new Claim(name, epoch + 1, since, owner, id, Optional.of(this.id), metadata);
  }

  /** This claim under another epoch. */
  public Claim withEpoch(long epoch) {
    return epoch == this.epoch
        ? this
        : new Claim(name, epoch, since, owner, id, replaces, metadata);
  }

  /** Whether this claim took over from {@code other} on purpose, so that nobody lost a conflict. */
  public boolean isSuccessorOf(Claim other) {
    return replaces.isPresent() && replaces.get().equals(other.id);
  }
}
