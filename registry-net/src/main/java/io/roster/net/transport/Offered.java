package io.roster.net.transport;

/** What became of bytes offered to one connection. Immutable. */
public sealed interface Offered {

  /** They wait their turn. */
  record Taken() implements Offered {}

  /** The connection is gone. */
  record Closed() implements Offered {}

  /**
   * The connection's buffer is full; nothing was taken.
   *
   * @param bufferedBytes what waits already
   */
  record Full(long bufferedBytes) implements Offered {}

  /**
   * More bytes than a frame may have; nothing was taken.
   *
   * @param bytes how many
   * @param bytesMax the limit
   */
  record TooLarge(long bytes, long bytesMax) implements Offered {}
}
