package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.MemberEvent;
import java.net.InetSocketAddress;

/** What a {@link Swim} wants done. Immutable. */
public sealed interface Effect {

  /** Send one datagram. */
  record Send(InetSocketAddress to, Packet packet) implements Effect {}

  /**
   * Send one datagram to this node itself, by the way that stays on its host: a ping of that
   * sequence for its own name.
   */
  record Echo(long sequence) implements Effect {}

  /** Open a stream and send the first message. {@code stream} is positive and new. */
  record Open(long stream, InetSocketAddress to, StreamMessage first) implements Effect {}

  /** Send over a stream; close it afterwards if this was the last. */
  record Say(long stream, StreamMessage message, boolean last) implements Effect {}

  /** Close a stream; nothing more of it matters. */
  record Close(long stream) implements Effect {}

  /** Tell the listeners. */
  record Announce(MemberEvent event) implements Effect {}

  /** The goodbye has been said often enough. */
  record Left() implements Effect {}

  /**
   * A later start of this node's own name is in the cluster: this one has been replaced and falls
   * silent.
   */
  record Superseded(NodeId by) implements Effect {}
}
