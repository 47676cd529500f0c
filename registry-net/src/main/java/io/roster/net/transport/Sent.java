package io.roster.net.transport;

import io.roster.core.identity.NodeName;

/** What became of a frame on the sending side. Immutable. */
public sealed interface Sent {

  /** It waits its turn on an established link. */
  record Queued() implements Sent {}

  /**
   * There is no link to the peer.
   *
   * @param peer who could not be reached
   */
  record NotConnected(NodeName peer) implements Sent {}

  /**
   * The link's buffer is full.
   *
   * @param peer who is too slow
   * @param bufferedBytes what waits already
   */
  record Overloaded(NodeName peer, long bufferedBytes) implements Sent {}

  /**
   * The frame is larger than frames may be; nothing was queued.
   *
   * @param bytes its size
   * @param bytesMax the limit
   */
  record TooLarge(long bytes, long bytesMax) implements Sent {}
}
