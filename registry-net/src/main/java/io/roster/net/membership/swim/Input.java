package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.NodeMetadata;
import java.net.InetSocketAddress;
import java.util.List;

/** What can happen to a {@link Swim}. Immutable. */
public sealed interface Input {

  /** Join through {@code seeds}, and begin to watch. */
  record Start(List<InetSocketAddress> seeds) implements Input {}

  /** The moment that {@link Swim#wakeAtNanos} named has come. */
  record Wake() implements Input {}

  /** An authentic datagram came from {@code source}. */
  record Received(InetSocketAddress source, Packet packet) implements Input {}

  /**
   * A message came over a stream.
   *
   * @param stream as chosen by {@link Effect.Open}, or negative for a stream that a peer opened
   */
  record StreamHeard(long stream, StreamMessage message) implements Input {}

  /**
   * A stream broke or could not be opened.
   *
   * @param refused whether the host answered that nobody listens there
   */
  record StreamFailed(long stream, boolean refused) implements Input {}

  /** Discovery found these seeds; they replace the earlier ones. */
  record Seeds(List<InetSocketAddress> seeds) implements Input {}

  /** This node says something new of itself. */
  record Publish(NodeMetadata metadata) implements Input {}

  /** Somebody has reason to believe that this member failed: probe it now. */
  record Check(NodeName name) implements Input {}

  /** Say goodbye. */
  record Leave() implements Input {}
}
