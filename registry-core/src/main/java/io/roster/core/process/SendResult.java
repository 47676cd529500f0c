package io.roster.core.process;

import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeName;

/**
 * What became of a send, as far as this node knows. Immutable.
 *
 * <p>Sends are at most once. Only {@link Delivered} to a process of this node means that the
 * message is in its mailbox; to another node it means that the message waits on an established
 * link.
 */
public sealed interface SendResult {

  /** In the mailbox, or on its way over an established link. */
  record Delivered() implements SendResult {}

  /**
   * Nobody is there.
   *
   * @param destination the dead pid, the revoked alias or the unknown name
   */
  record NoSuchProcess(Destination destination) implements SendResult {}

  /**
   * There is no connection to the node.
   *
   * @param node who cannot be reached
   */
  record ConnectionLost(NodeName node) implements SendResult {}

  /**
   * A mailbox or a link's buffer is full; the message was not taken.
   *
   * @param destination for whom it was
   * @param queued what waits already, in messages for a mailbox, in bytes for a link
   */
  record Overloaded(Destination destination, long queued) implements SendResult {}

  /**
   * The message is larger than messages may be; it was not taken.
   *
   * @param bytes its size
   * @param bytesMax the limit
   */
  record TooLarge(long bytes, long bytesMax) implements SendResult {}

  /**
   * The message cannot cross the wire: its type is not registered, or not supported.
   *
   * @param detail what was expected and what came
   */
  record NotEncodable(String detail) implements SendResult {}

  /** {@link Delivered}. */
  static SendResult delivered() {
    return new Delivered();
  }
}
