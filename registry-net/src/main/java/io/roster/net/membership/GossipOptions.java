package io.roster.net.membership;

import java.time.Duration;

/**
 * How fast and how carefully the members of a cluster watch each other. Every member should run the
 * same. Immutable; begin with a preset.
 *
 * @param probeInterval one member is probed in each; lower finds failures sooner, higher costs less
 * @param probeTimeout how long a direct answer may take before others are asked; lower finds
 *     failures sooner, higher forgives slow networks
 * @param indirectProbes how many others are asked then; more forgives more loss, fewer costs less
 * @param suspicionMultiplier a suspect has at least this many probe intervals, times the decimal
 *     logarithm of the cluster's size, to speak up; lower finds failures sooner, higher accuses
 *     fewer healthy members
 * @param suspicionMaxMultiplier an unconfirmed suspicion lasts up to this many times as long;
 *     higher forgives slow accusers, lower finds failures sooner in a cluster that loses many
 *     datagrams
 * @param confirmations how many further accusers bring a suspicion down to its minimum; zero starts
 *     at the minimum; more is safer and slower
 * @param verifiers how many members, about, probe a suspect at once when they first hear of the
 *     suspicion; zero leaves confirmation to chance; more confirm sooner and burden the suspect
 * @param healthMax how much slower a member may make its own probes when it seems to be the slow
 *     one; zero switches local health off
 * @param buddy whether a suspect is told of the suspicion with every datagram sent to it
 * @param pauseTolerance a machine that wakes later than this after its alarm takes itself to have
 *     been paused, and gives everybody that time back; zero never does
 * @param gossipInterval how often news are sent; lower spreads faster, higher costs less
 * @param gossipFanout to how many members each time
 * @param retransmitMultiplier each news is sent this many times, times the decimal logarithm of the
 *     cluster's size; higher reaches everybody more surely, lower costs less
 * @param syncInterval how often the whole view is compared with a random member's; lower repairs
 *     sooner
 * @param reconnectInterval how often failed members and seeds are tried; lower heals sooner, higher
 *     costs less while members are down
 * @param forgetAfter how long failed members are tried and departed ones remembered
 * @param streamTimeout how long a stream may stay without progress
 * @param packetBytesMax the largest datagram; beyond the path's MTU it is fragmented and lost more
 *     often
 * @param membersMax how many members are remembered; further ones are refused
 */
public record GossipOptions(
    Duration probeInterval,
    Duration probeTimeout,
    int indirectProbes,
    int suspicionMultiplier,
    int suspicionMaxMultiplier,
    int confirmations,
    int verifiers,
    int healthMax,
    boolean buddy,
    Duration pauseTolerance,
    Duration gossipInterval,
    int gossipFanout,
    int retransmitMultiplier,
    Duration syncInterval,
    Duration reconnectInterval,
    Duration forgetAfter,
    Duration streamTimeout,
    int packetBytesMax,
    int membersMax) {

  /** Checks every bound. */
  public GossipOptions {
    positive("probeInterval", probeInterval);
    positive("probeTimeout", probeTimeout);
    positive("gossipInterval", gossipInterval);
    positive("syncInterval", syncInterval);
    positive("reconnectInterval", reconnectInterval);
    positive("forgetAfter", forgetAfter);
    positive("streamTimeout", streamTimeout);
    if (probeTimeout.compareTo(probeInterval) >= 0) {
      throw new IllegalArgumentException(
          "expected a probeTimeout below the probeInterval of "
              + probeInterval
              + ", got: "
              + probeTimeout);
    }
    if (pauseTolerance.isNegative()) {
      throw new IllegalArgumentException(
          "expected a pauseTolerance of zero or more, got: " + pauseTolerance);
    }
    between("indirectProbes", indirectProbes, 0, 16);
    between("suspicionMultiplier", suspicionMultiplier, 1, 100);
    between("suspicionMaxMultiplier", suspicionMaxMultiplier, 1, 100);
    between("confirmations", confirmations, 0, 8);
    between("verifiers", verifiers, 0, 64);
    between("healthMax", healthMax, 0, 64);
    between("gossipFanout", gossipFanout, 1, 64);
    between("retransmitMultiplier", retransmitMultiplier, 1, 64);
    between("packetBytesMax", packetBytesMax, 1_000, 65_000);
    between("membersMax", membersMax, 2, 1_000_000);
  }

  /** For nodes on one machine that also does other work: round trips are short, pauses long. */
  public static GossipOptions loopback() {
    return lan()
        .withProbe(Duration.ofMillis(200), Duration.ofMillis(120))
        .withSuspicion(8, 4, 3)
        .withStreamTimeout(Duration.ofSeconds(1));
  }

  /** For nodes of one site: round trips of a few milliseconds. */
  public static GossipOptions lan() {
    return new GossipOptions(
        Duration.ofMillis(200),
        Duration.ofMillis(80),
        3,
        4,
        6,
        3,
        10,
        8,
        true,
        Duration.ofMillis(200),
        Duration.ofMillis(100),
        3,
        4,
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofDays(1),
        Duration.ofSeconds(2),
        1_400,
        65_536);
  }

  /** For nodes of several sites: round trips of up to some hundred milliseconds. */
  public static GossipOptions wan() {
    return new GossipOptions(
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        3,
        6,
        6,
        3,
        10,
        8,
        true,
        Duration.ofMillis(500),
        Duration.ofMillis(300),
        4,
        4,
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ofDays(1),
        Duration.ofSeconds(10),
        1_400,
        65_536);
  }

  /** What HashiCorp's memberlist runs on a LAN by default, for comparison. */
  public static GossipOptions memberlistLan() {
    return new GossipOptions(
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        3,
        4,
        6,
        2,
        0,
        8,
        true,
        Duration.ZERO,
        Duration.ofMillis(200),
        3,
        4,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofDays(1),
        Duration.ofSeconds(10),
        1_400,
        65_536);
  }

  /** The preset called {@code name}: loopback, lan, wan or memberlist-lan. */
  public static GossipOptions preset(String name) {
    return switch (name) {
      case "loopback" -> loopback();
      case "lan" -> lan();
      case "wan" -> wan();
      case "memberlist-lan" -> memberlistLan();
      default ->
          throw new IllegalArgumentException(
              "expected a preset of loopback, lan, wan or memberlist-lan, got: \"" + name + "\"");
    };
  }

  /** The same with another probe interval and timeout. */
  public GossipOptions withProbe(Duration interval, Duration timeout) {
    return new GossipOptions(
        interval,
        timeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        healthMax,
        buddy,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        reconnectInterval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with another suspicion. */
  public GossipOptions withSuspicion(int multiplier, int maxMultiplier, int confirmationsWanted) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        multiplier,
        maxMultiplier,
        confirmationsWanted,
        verifiers,
        healthMax,
        buddy,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        reconnectInterval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with another count of verifiers. */
  public GossipOptions withVerifiers(int count) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        count,
        healthMax,
        buddy,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        reconnectInterval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with another bound of local health; zero switches it off. */
  public GossipOptions withHealthMax(int max) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        max,
        buddy,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        reconnectInterval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with suspects told, or not. */
  public GossipOptions withBuddy(boolean told) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        healthMax,
        told,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        reconnectInterval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with another tolerance of pauses. */
  public GossipOptions withPauseTolerance(Duration tolerance) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        healthMax,
        buddy,
        tolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        reconnectInterval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with another gossip. */
  public GossipOptions withGossip(Duration interval, int fanout, int retransmits) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        healthMax,
        buddy,
        pauseTolerance,
        interval,
        fanout,
        retransmits,
        syncInterval,
        reconnectInterval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with views compared at another interval. */
  public GossipOptions withSyncInterval(Duration interval) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        healthMax,
        buddy,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        interval,
        reconnectInterval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with failed members tried at another interval. */
  public GossipOptions withReconnectInterval(Duration interval) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        healthMax,
        buddy,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        interval,
        forgetAfter,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with failed members forgotten at another age. */
  public GossipOptions withForgetAfter(Duration age) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        healthMax,
        buddy,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        reconnectInterval,
        age,
        streamTimeout,
        packetBytesMax,
        membersMax);
  }

  /** The same with another patience with streams. */
  public GossipOptions withStreamTimeout(Duration timeout) {
    return new GossipOptions(
        probeInterval,
        probeTimeout,
        indirectProbes,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        verifiers,
        healthMax,
        buddy,
        pauseTolerance,
        gossipInterval,
        gossipFanout,
        retransmitMultiplier,
        syncInterval,
        reconnectInterval,
        forgetAfter,
        timeout,
        packetBytesMax,
        membersMax);
  }

  private static void positive(String option, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("expected a positive " + option + ", got: " + value);
    }
  }

  private static void between(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "expected " + option + " from " + min + " to " + max + ", got: " + value);
    }
  }
}
