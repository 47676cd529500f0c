package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * One datagram: at most one question or answer, and news that travel with it. Immutable.
 *
 * @param from who sends it
 * @param body what it is about
 * @param rumors news
 */
public record Packet(NodeId from, Body body, List<Rumor> rumors) {

  /** What a datagram is about. */
  public sealed interface Body {}

  /** News only. */
  public record News() implements Body {}

  /** Are you there? */
  public record Ping(long sequence, Addressee addressee) implements Body {}

  /** Yes, {@code who} is there. */
  public record Ack(long sequence, NodeId who) implements Body {}

  /** Ask {@code target} at {@code address} for me. */
  public record PingRequest(long sequence, NodeName target, InetSocketAddress address)
      implements Body {}

  /** I am there, but whom you asked for has not answered me yet. */
  public record Nack(long sequence) implements Body {}

  /** Whom a question is for. */
  public sealed interface Addressee {}

  /** This name alone: another node may have taken over its address. */
  public record Named(NodeName name) implements Addressee {}

  /** Whoever is at that address. */
  public record Anybody() implements Addressee {}
}
