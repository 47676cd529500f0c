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
 * @param portions how many times in an interval news are sent at most when there is much to tell,
 *     12, and that the first after a quiet time goes at once; each time to others. Higher: what has
 *     just been heard goes on sooner. Lower: fewer datagrams in a burst; 0: all waits for the
 *     interval
 * @param neighbours how many neighbours in the order of names are told, one each time as one of the
 *     fanout, 2. Higher: nobody is left out by chance. Lower: the others are told sooner; 0: chance
 *     alone
 */
public record DisseminationOptions(
    Duration interval,
    int fanout,
    int retransmitMultiplier,
    int packetBytesMax,
    int portions,
    int neighbours) {

  /** memberlist's fan-out at twice its pace. */
  public static final DisseminationOptions LAN =
      new DisseminationOptions(Duration.ofMillis(100), 3, 4, 1_400, 12, 2);

  /** Checks the bounds. */
  public DisseminationOptions {
    Options.positive("gossip interval", interval);
    Options.between("gossip fanout", fanout, 1, 64);
    Options.between("retransmitMultiplier", retransmitMultiplier, 1, 64);
    Options.between("packetBytesMax", packetBytesMax, 1_000, 65_000);
    Options.between("portions of an interval", portions, 0, 64);
    Options.between("neighbours", neighbours, 0, 64);
  }

  /** The same with another {@link #interval}. */
  public DisseminationOptions withInterval(Duration interval) {
    return new DisseminationOptions(
        interval, fanout, retransmitMultiplier, packetBytesMax, portions, neighbours);
  }

  /** The same with another {@link #fanout}. */
  public DisseminationOptions withFanout(int fanout) {
    return new DisseminationOptions(
        interval, fanout, retransmitMultiplier, packetBytesMax, portions, neighbours);
  }

  /** The same with another {@link #retransmitMultiplier}. */
  public DisseminationOptions withRetransmitMultiplier(int retransmitMultiplier) {
    return new DisseminationOptions(
        interval, fanout, retransmitMultiplier, packetBytesMax, portions, neighbours);
  }

  /** The same with another {@link #packetBytesMax}. */
  public DisseminationOptions withPacketBytesMax(int packetBytesMax) {
    return new DisseminationOptions(
        interval, fanout, retransmitMultiplier, packetBytesMax, portions, neighbours);
  }

  /** The same with another {@link #portions}. */
  public DisseminationOptions withPortions(int portions) {
    return new DisseminationOptions(
        interval, fanout, retransmitMultiplier, packetBytesMax, portions, neighbours);
  }

  /** The same with another {@link #neighbours}. */
  public DisseminationOptions withNeighbours(int neighbours) {
    return new DisseminationOptions(
        interval, fanout, retransmitMultiplier, packetBytesMax, portions, neighbours);
  }
}
