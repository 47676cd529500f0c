package io.roster.net.transport;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import java.util.Set;

/**
 * Ordered frames to named peers. Thread-safe; nothing here blocks.
 *
 * <p>Frames that one node sends to another on one lane arrive in order, or not at all once the link
 * broke. Nothing is sent again over a later link.
 */
public interface Transport {

  /** This node. */
  NodeId self();

  /** The peers with an established link. */
  Set<NodeId> peers();

  /**
   * Sends one frame to whichever start of {@code peer} is linked now.
   *
   * @param peer the peer's name; a frame to this node itself is refused
   * @param lane which frames it keeps its order with
   * @param frame what to send
   * @return what became of it here; {@link Sent.Queued} promises no delivery
   */
  Sent send(NodeName peer, Lane lane, Frame frame);

  /**
   * Sends a frame that must not be missing from its lane while the link stands, such as news of an
   * exit: it may exceed the link's buffer by a reserve, and when that too is used up the link is
   * broken, which tells everybody who waits.
   *
   * @return never {@link Sent.Overloaded}
   */
  default Sent sendOrBreak(NodeName peer, Lane lane, Frame frame) {
    return send(peer, lane, frame);
  }

  /**
   * Hands the frames of one feature to {@code listener}, which must not block. A second listener
   * for a feature is refused with {@link IllegalStateException}.
   */
  void onFrames(Feature feature, FrameListener listener);

  /** Tells {@code listener} of every link that comes up or goes down from now on. */
  void onLinks(LinkListener listener);

  /** Takes the frames of one feature. */
  @FunctionalInterface
  interface FrameListener {

    /** Called in order of arrival for each peer and lane. */
    void onFrame(NodeId from, Frame frame);
  }

  /** Hears of links. Down of an earlier start comes before up of a later one. */
  interface LinkListener {

    /** A link is up; frames from {@code peer} come after this call. */
    void onUp(NodeId peer);

    /** The link is down; frames from {@code peer} came before this call. */
    void onDown(NodeId peer);
  }
}
