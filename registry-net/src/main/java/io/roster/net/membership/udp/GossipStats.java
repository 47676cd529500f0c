package io.roster.net.membership.udp;

import java.util.Map;

/**
 * What the gossip of one node has done since it started. Immutable.
 *
 * @param datagramsSent datagrams
 * @param datagramsReceived authentic datagrams
 * @param bytesSent payload of datagrams and streams, with envelopes
 * @param bytesReceived the same the other way
 * @param streamsOpened streams that this node opened
 * @param streamsAccepted streams that others opened
 * @param rejected what was not looked at, by reason
 * @param judgements what it asked and concluded
 * @param localHealth how much this node doubts itself: zero is healthy
 * @param suspects members that are suspected at this moment
 * @param pendingRumors news that wait to be passed on
 */
public record GossipStats(
    long datagramsSent,
    long datagramsReceived,
    long bytesSent,
    long bytesReceived,
    long streamsOpened,
    long streamsAccepted,
    Map<Rejection, Long> rejected,
    Judgements judgements,
    int localHealth,
    int suspects,
    int pendingRumors) {

  /**
   * What the node asked the others, and what it took them for. Immutable.
   *
   * @param pings questions by datagram, those for others and those put again among them
   * @param suspicions times that a member became suspect here
   * @param refutations times that a suspect contradicted
   * @param ends times that a member failed, left or was replaced by a later start
   */
  public record Judgements(long pings, long suspicions, long refutations, long ends) {}
}
