package io.roster.net.membership.udp;

/** Why bytes that came over the network were not looked at. They are counted, never answered. */
public enum Rejection {
  /** Shorter than any message. */
  TRUNCATED,
  /** Of another protocol or version, or not sealed where sealing is asked for. */
  NOT_GOSSIP,
  /** Sealed with a key that this node does not hold. */
  UNKNOWN_KEY,
  /** Changed on the way, sealed for another cluster, or made up. */
  FORGED,
  /** Seen before, or too old to tell. */
  REPLAYED,
  /** Not sealed, and of another cluster. */
  OTHER_CLUSTER,
  /** Authentic, but no message that this node understands, or none that is due. */
  MALFORMED,
  /** News or rows of a kind that a later version has; the rest of their message was heard. */
  LATER_VERSION,
  /** Longer than any message. */
  OVERSIZED
}
