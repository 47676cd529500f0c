package io.roster.net.membership;

import java.time.Duration;

/**
 * How news spread. Immutable.
 *
 * @param interval how often news are sent while there are any, 100 ms. Higher: costs less under
 *     change. Lower: spreads sooner
 * @param fanout to how many members each time, 3. Higher: spreads sooner, by one interval for each
 *     doubling or so. Lower: costs less
 * @param retransmitMultiplier each member sends each news this many times, times the decimal
 *     logarithm of the cluster's size, 4. Higher: reaches everybody more surely, above all with
 *     loss. Lower: costs less, and more is left to the comparison of views
 * @param packetBytesMax the largest datagram, 1,400 bytes, which every usual path takes whole.
 *     Higher: datagrams beyond the path's MTU are fragmented and lost more often. Lower: a burst of
 *     news needs more datagrams
 */
public record DisseminationOptions(
    Duration interval, int fanout, int retransmitMultiplier, int packetBytesMax) {

  /** memberlist's fan-out at twice its pace. */
  public static final DisseminationOptions LAN =
      new DisseminationOptions(Duration.ofMillis(100), 3, 4, 1_400);

  /** Checks the bounds. */
  public DisseminationOptions {
    Options.positive("gossip interval", interval);
    Options.between("gossip fanout", fanout, 1, 64);
    Options.between("retransmitMultiplier", retransmitMultiplier, 1, 64);
    Options.between("packetBytesMax", packetBytesMax, 1_000, 65_000);
  }

  /** The same with another {@link #interval}. */
  public DisseminationOptions withInterval(Duration interval) {
    return new DisseminationOptions(interval, fanout, retransmitMultiplier, packetBytesMax);
  }

  /** The same with another {@link #fanout}. */
  public DisseminationOptions withFanout(int fanout) {
    return new DisseminationOptions(interval, fanout, retransmitMultiplier, packetBytesMax);
  }

  /** The same with another {@link #retransmitMultiplier}. */
  public DisseminationOptions withRetransmitMultiplier(int retransmitMultiplier) {
    return new DisseminationOptions(interval, fanout, retransmitMultiplier, packetBytesMax);
  }

  /** The same with another {@link #packetBytesMax}. */
  public DisseminationOptions withPacketBytesMax(int packetBytesMax) {
    return new DisseminationOptions(interval, fanout, retransmitMultiplier, packetBytesMax);
  }
}
