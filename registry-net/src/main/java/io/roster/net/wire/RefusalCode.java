package io.roster.net.wire;

/** Why a connection is not taken. */
public enum RefusalCode {
  /** No protocol version in common. */
  PROTOCOL,
  /** Another cluster's name. */
  CLUSTER,
  /** The cookie is not the cluster's. */
  COOKIE,
  /** Not the message that belongs here. */
  MALFORMED,
  /** A later start of the dialler is known. */
  STALE,
  /** Both dialled at once, and the other dial goes on. */
  CROSSED,
  /** The dialler has the name of the node it dialled. */
  SAME_NAME,
  /** Too many connections. */
  FULL,
  /** The node is closing. */
  CLOSING,
  /** A code that this version does not know. */
  OTHER
}
