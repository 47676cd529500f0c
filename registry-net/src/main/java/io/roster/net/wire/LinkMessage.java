package io.roster.net.wire;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import java.util.Optional;

/** What passes on one connection of a link. Immutable. */
public sealed interface LinkMessage {

  /**
   * The first message, from whoever dialled.
   *
   * @param protocolMin the oldest protocol that the dialler speaks
   * @param protocolMax the newest
   * @param cluster the cluster that it wants to talk to
   * @param dialler a node or a client
   * @param seat which connection of which link this is
   * @param nonce random bytes that the proofs cover
   */
  record Hello(
      int protocolMin,
      int protocolMax,
      String cluster,
      Dialler dialler,
      Seat seat,
      ByteString nonce)
      implements LinkMessage {}

  /**
   * The answer to a hello that may go on.
   *
   * @param protocol the protocol that was chosen
   * @param cluster the cluster of the one who was dialled
   * @param node who was dialled
   * @param nonce random bytes that the proofs cover
   */
  record Challenge(int protocol, String cluster, NodeId node, ByteString nonce)
      implements LinkMessage {}

  /**
   * The dialler knows the cookie.
   *
   * @param mac over everything said so far
   */
  record Proof(ByteString mac) implements LinkMessage {}

  /**
   * So does the one who was dialled; the connection stands.
   *
   * @param mac over everything said so far
   */
  record Accepted(ByteString mac) implements LinkMessage {}

  /**
   * The connection is not taken and will be closed.
   *
   * @param code why
   * @param detail why, for people
   */
  record Refused(RefusalCode code, String detail) implements LinkMessage {}

  /** The sender lives. */
  record Heartbeat() implements LinkMessage {}

  /**
   * The link is closed on purpose.
   *
   * @param detail why, for people
   */
  record Goodbye(String detail) implements LinkMessage {}

  /**
   * A message of one of the parts that share the link.
   *
   * @param feature the part's number
   * @param payload its message
   */
  record Data(int feature, ByteString payload) implements LinkMessage {}

  /** Who dials. */
  sealed interface Dialler {

    /**
     * A member of the cluster.
     *
     * @param id its name and start
     */
    record Node(NodeId id) implements Dialler {}

    /**
     * Somebody outside the cluster.
     *
     * @param label what it calls itself
     */
    record Client(String label) implements Dialler {}
  }

  /**
   * Which connection of which link.
   *
   * @param link shared by all connections of one link; made up by the dialler
   * @param lane zero is the control lane
   * @param lanes how many lanes the link has, the control lane among them
   * @param lostLink the last link between the two that the dialler has given up
   */
  record Seat(long link, int lane, int lanes, Optional<Long> lostLink) {}
}
