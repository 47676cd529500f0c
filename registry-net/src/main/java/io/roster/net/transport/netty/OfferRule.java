package io.roster.net.transport.netty;

import io.roster.core.identity.NodeId;
import io.roster.net.wire.RefusalCode;
import java.util.Optional;

/*
 * Two nodes that hear of each other at the same moment dial each other at the same moment. One of
 * the two links must stay, the same one for both, and a link that only one end still believes in
 * must give way to a new one:
 *
 *   - A later start of a node replaces an earlier one; an earlier one is refused.
 *   - Who dials again has given up what it dialled before: its new link replaces the old.
 *   - While both dials are under way, the one of the lower name goes on.
 *   - Against a link that this node dialled and that is up, a dial is either crossing (the dialler
 *     will see that link come up and withdraw) or the dialler has lost that link. It says so:
 *     a hello names the last link that its sender has given up.
 */
/** Whether a link that a peer offers is taken. Pure. */
final class OfferRule {

  private OfferRule() {}

  /**
   * Decides about a link that {@code peer} offers to {@code self}.
   *
   * @param lostLink the last link between the two that the peer has given up
   * @param present the link to any start of that peer that this node has or is making
   */
  static Decision decide(
      NodeId self, NodeId peer, Optional<Long> lostLink, Optional<Present> present) {
    if (peer.name().equals(self.name())) {
      return new Decision.Refuse(
          RefusalCode.SAME_NAME, "expected a node of another name, got: " + peer);
    }
    if (present.isEmpty()) {
      return new Decision.Take();
    }
    var link = present.get();
    if (peer.incarnation() < link.peer().incarnation()) {
      return new Decision.Refuse(
          RefusalCode.STALE, "expected " + link.peer() + " or later, got: " + peer);
    }
    if (peer.incarnation() > link.peer().incarnation()) {
      return new Decision.Replace("a later start, " + peer + ", has dialled");
    }
    return switch (link.stage()) {
      case TAKEN, UNANSWERED -> new Decision.Replace(peer + " has dialled anew");
      case DIALLED ->
          self.compareTo(peer) < 0
              ? new Decision.Refuse(RefusalCode.CROSSED, self + " is dialling already")
              : new Decision.Replace(peer + " has dialled at the same time");
      case UP ->
          lostLink.isPresent() && lostLink.get() == link.id()
              ? new Decision.Replace(peer + " has lost the link and dialled anew")
              : new Decision.Refuse(RefusalCode.CROSSED, self + " has a link already");
    };
  }

  /** What to do with an offer. Immutable. */
  sealed interface Decision {

    /** There is nothing in its way. */
    record Take() implements Decision {}

    /**
     * The present link ends first.
     *
     * @param reason why, for people
     */
    record Replace(String reason) implements Decision {}

    /**
     * The present link stays.
     *
     * @param code why
     * @param detail why, for people
     */
    record Refuse(RefusalCode code, String detail) implements Decision {}
  }

  /**
   * A link that is there or in the making. Immutable.
   *
   * @param peer to whom, or to whom it is meant to be
   * @param id the link's number
   * @param stage how far it is
   */
  record Present(NodeId peer, long id, Stage stage) {}

  /** How far a link is. */
  enum Stage {
    /** The peer dialled it, whether it is up or not. */
    TAKEN,
    /** This node dials, and nobody has picked up. */
    UNANSWERED,
    /** This node dials, and the peer has been greeted. */
    DIALLED,
    /** This node dialled it, and it is up. */
    UP
  }
}
