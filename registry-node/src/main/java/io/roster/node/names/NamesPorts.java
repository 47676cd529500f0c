package io.roster.node.names;

import io.roster.core.time.HybridClock;
import io.roster.core.time.Ticker;
import io.roster.core.time.Timers;
import io.roster.net.membership.Membership;
import io.roster.net.transport.Transport;
import io.roster.node.names.store.NameStore;

/**
 * What a node's global names stand on.
 *
 * @param processes the processes of this node
 * @param transport links to other nodes; names take the frames of their feature
 * @param membership who is up
 * @param store the arbiter
 * @param time the clocks
 */
public record NamesPorts(
    LocalProcesses processes,
    Transport transport,
    Membership membership,
    NameStore store,
    Time time) {

  /**
   * Clocks.
   *
   * @param ticker measures how long things take
   * @param timers end the grace of losers
   * @param hybrid orders claims
   */
  public record Time(Ticker ticker, Timers timers, HybridClock hybrid) {}
}
