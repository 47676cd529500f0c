package io.roster.net.membership.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.proto.gossip.Alive;
import io.roster.proto.gossip.Compare;
import io.roster.proto.gossip.Known;
import io.roster.proto.gossip.Probe;
import io.roster.proto.gossip.Row;
import io.roster.proto.gossip.Rows;
import io.roster.proto.gossip.Same;
import io.roster.proto.gossip.ThisIs;
import io.roster.proto.gossip.Versions;
import io.roster.proto.gossip.WhoIs;

/** Messages of a stream as bytes and back. Pure. */
public final class StreamCodec {

  /** More than any view holds. */
  private static final int NAMES_MAX = 1 << 20;

  private StreamCodec() {}

  /** The bytes of a message. */
  public static byte[] encode(StreamMessage message) {
    var builder = io.roster.proto.gossip.StreamMessage.newBuilder();
    switch (message) {
      case StreamMessage.Probe(NodeId from, NodeName target) ->
          builder.setProbe(
              Probe.newBuilder().setFrom(Values.write(from)).setTarget(target.value()));
      case StreamMessage.Alive(NodeId who) ->
          builder.setAlive(Alive.newBuilder().setWho(Values.write(who)));
      case StreamMessage.Compare(Member self, StreamMessage.Digest digest) ->
          builder.setCompare(
              Compare.newBuilder()
                  .setSelf(Values.write(self))
                  .setMembers(digest.members())
                  .setHash(digest.hash()));
      case StreamMessage.Same() -> builder.setSame(Same.getDefaultInstance());
      case StreamMessage.Versions versions -> builder.setVersions(write(versions));
      case StreamMessage.Rows rows -> builder.setRows(write(rows));
      case StreamMessage.WhoIs(NodeName name) ->
          builder.setWhoIs(WhoIs.newBuilder().setName(name.value()));
      case StreamMessage.ThisIs(var latest) -> {
        var news = ThisIs.newBuilder();
        latest.forEach(member -> news.addLatest(Values.write(member)));
        builder.setThisIs(news);
      }
    }
    return builder.build().toByteArray();
  }

  /** The same, without counting. */
  public static StreamMessage decode(byte[] bytes) throws MalformedGossip {
    return decode(bytes, () -> {});
  }

  /**
   * The message that {@code bytes} are, without the rows that only later versions know.
   *
   * @param onUnknown run for each of those
   * @throws MalformedGossip if they are none
   */
  public static StreamMessage decode(byte[] bytes, Runnable onUnknown) throws MalformedGossip {
    try {
      return read(io.roster.proto.gossip.StreamMessage.parseFrom(bytes), new Parts(onUnknown));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new MalformedGossip("expected a message of a gossip stream, got: " + e.getMessage(), e);
    }
  }

  private static Versions.Builder write(StreamMessage.Versions versions) {
    var builder = Versions.newBuilder().setFrom(Values.write(versions.from()));
    for (StreamMessage.Row row : versions.rows()) {
      builder.addRows(
          Row.newBuilder()
              .setName(row.id().name().value())
              .setIncarnation(row.id().incarnation())
              .setState(Values.write(row.state()))
              .setVersion(row.version()));
    }
    return builder;
  }

  private static Rows.Builder write(StreamMessage.Rows rows) {
    var builder = Rows.newBuilder().setFrom(Values.write(rows.from()));
    for (StreamMessage.Known known : rows.rows()) {
      builder.addRows(
          Known.newBuilder()
              .setMember(Values.write(known.member()))
              .setDownMillis(known.downMillis()));
    }
    rows.wants().forEach(name -> builder.addWants(name.value()));
    return builder;
  }

  private static StreamMessage read(io.roster.proto.gossip.StreamMessage message, Parts parts)
      throws MalformedGossip {
    return switch (message.getMessageCase()) {
      case PROBE ->
          new StreamMessage.Probe(
              Values.read(message.getProbe().getFrom()),
              new NodeName(message.getProbe().getTarget()));
      case ALIVE -> new StreamMessage.Alive(Values.read(message.getAlive().getWho()));
      case COMPARE -> {
        var compare = message.getCompare();
        yield new StreamMessage.Compare(
            Values.read(compare.getSelf()),
            new StreamMessage.Digest(compare.getMembers(), compare.getHash()));
      }
      case SAME -> new StreamMessage.Same();
      case VERSIONS -> read(message.getVersions(), parts);
      case ROWS -> read(message.getRows(), parts);
      case WHO_IS -> new StreamMessage.WhoIs(new NodeName(message.getWhoIs().getName()));
      case THIS_IS -> {
        var latest = parts.read(message.getThisIs().getLatestList(), Values::read);
        if (latest.size() > 1) {
          throw new MalformedGossip("expected one latest start, got: " + latest.size());
        }
        yield new StreamMessage.ThisIs(latest);
      }
      case KEY_ORDER, KEY_REPORT ->
          throw new MalformedGossip("expected a message of membership, got one about keys");
      case MESSAGE_NOT_SET -> throw new MalformedGossip("expected a stream message, got none");
    };
  }

  private static StreamMessage read(Versions versions, Parts parts) throws MalformedGossip {
    return new StreamMessage.Versions(
        Values.read(versions.getFrom()), parts.read(versions.getRowsList(), StreamCodec::read));
  }

  private static StreamMessage.Row read(Row row) throws MalformedGossip {
    return new StreamMessage.Row(
        new NodeId(new NodeName(row.getName()), row.getIncarnation()),
        Values.read(row.getState()),
        Values.version(row.getVersion()));
  }

  private static StreamMessage.Known read(Known known) throws MalformedGossip {
    return new StreamMessage.Known(
        Values.read(known.getMember()), Math.clamp(known.getDownMillis(), 0L, 1L << 40));
  }

  private static StreamMessage read(Rows message, Parts parts) throws MalformedGossip {
    if (message.getWantsCount() > NAMES_MAX) {
      throw new MalformedGossip(
          "expected wishes for at most %d members, got: %d"
              .formatted(NAMES_MAX, message.getWantsCount()));
    }
    return new StreamMessage.Rows(
        Values.read(message.getFrom()),
        parts.read(message.getRowsList(), StreamCodec::read),
        message.getWantsList().stream().map(NodeName::new).toList());
  }
}
