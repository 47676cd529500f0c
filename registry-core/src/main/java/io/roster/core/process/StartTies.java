package io.roster.core.process;

import io.roster.core.identity.Ref;
import java.util.Optional;

/**
 * How a process is tied to the one that starts it, from its first moment. Immutable.
 *
 * @param linked whether the two are linked
 * @param monitor what the starter monitors it by, if it does
 */
public record StartTies(boolean linked, Optional<Ref> monitor) {

  static final StartTies NONE = new StartTies(false, Optional.empty());

  static final StartTies LINK = new StartTies(true, Optional.empty());
}
