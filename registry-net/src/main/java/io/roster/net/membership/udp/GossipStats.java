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
 * @param localHealth how much this node doubts itself: zero is healthy
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
    int localHealth,
    int pendingRumors) {}
