package io.roster.node.config;

import java.util.List;
import java.util.Optional;

/**
 * How seeds are found that nobody wrote down one by one. Immutable.
 *
 * @param srv names with SRV records, looked up again for ever
 * @param dnsServer whom to ask about them and about the seeds' host names; empty: this machine's
 *     own servers
 * @param multicast the group in which nodes tell each other where they are; for development
 */
public record DiscoveryOptions(
    List<String> srv, Optional<HostPort> dnsServer, Optional<HostPort> multicast) {

  /** By the written seeds alone. */
  public static final DiscoveryOptions NONE =
      new DiscoveryOptions(List.of(), Optional.empty(), Optional.empty());

  /** Copies. */
  public DiscoveryOptions {
    srv = List.copyOf(srv);
  }

  /** Whether somebody may be found this way. */
  public boolean findsAny() {
    return !srv.isEmpty() || multicast.isPresent();
  }
}
