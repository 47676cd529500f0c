package io.roster.node.names;

import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import java.util.Optional;

/** The event that a change of the standing claim amounts to, if any. */
final class NameEvents {

  private NameEvents() {}

  static Optional<NameEvent> between(
      ProcessName name, Optional<Claim> before, Optional<Claim> now) {
    var from = before.map(Claim::owner);
    var to = now.map(Claim::owner);
    if (from.equals(to)) {
      return Optional.empty();
    }
    if (to.isEmpty()) {
      return from.map(pid -> new NameEvent.Unregistered(name, pid));
    }
    return from.isEmpty()
        ? to.map(pid -> new NameEvent.Registered(name, pid))
        : to.map(pid -> new NameEvent.Moved(name, from.get(), pid));
  }
}
