package io.roster.net.membership.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import io.roster.proto.gossip.Accused;
import io.roster.proto.gossip.Ack;
import io.roster.proto.gossip.Nack;
import io.roster.proto.gossip.Ping;
import io.roster.proto.gossip.PingRequest;
import io.roster.proto.gossip.Refuted;

/** Datagrams as bytes and back. Pure. */
public final class PacketCodec {

  private static final int ACCUSERS_MAX = 16;

  /** The longest name: a question that names nobody is as long as any answer to it. */
  private static final ByteString PADDING = ByteString.copyFrom(new byte[63]);

  private PacketCodec() {}

  /** The bytes of a packet. */
  public static byte[] encode(Packet packet) {
    var builder = io.roster.proto.gossip.Packet.newBuilder().setFrom(Values.write(packet.from()));
    switch (packet.body()) {
      case Packet.News() -> {
        // Nothing but the news.
      }
      case Packet.Ping(long sequence, Packet.Addressee addressee) ->
          builder.setPing(ping(sequence, addressee, packet.from().name()));
      case Packet.Ack(long sequence, var who) -> builder.setAck(ack(sequence, who, packet.from()));
      case Packet.PingRequest(long sequence, NodeName target, var address) ->
          builder.setPingRequest(
              PingRequest.newBuilder()
                  .setSequence(sequence)
                  .setTarget(target.value())
                  .setAddress(Values.write(address)));
      case Packet.Nack(long sequence) -> builder.setNack(Nack.newBuilder().setSequence(sequence));
    }
    for (Rumor rumor : packet.rumors()) {
      builder.addRumors(write(rumor));
    }
    return builder.build().toByteArray();
  }

  /** The same, without counting. */
  public static Packet decode(byte[] bytes) throws MalformedGossip {
    return decode(bytes, () -> {});
  }

  /**
   * The packet that {@code bytes} are, without the news that only later versions know.
   *
   * @param onUnknown run for each of those
   * @throws MalformedGossip if they are none
   */
  public static Packet decode(byte[] bytes, Runnable onUnknown) throws MalformedGossip {
    try {
      var packet = io.roster.proto.gossip.Packet.parseFrom(bytes);
      var rumors = new Parts(onUnknown).read(packet.getRumorsList(), PacketCodec::read);
      return new Packet(Values.read(packet.getFrom()), body(packet), rumors);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new MalformedGossip("expected a gossip packet, got: " + e.getMessage(), e);
    }
  }

  private static Ack.Builder ack(long sequence, NodeId who, NodeId from) {
    var builder = Ack.newBuilder().setSequence(sequence);
    return who.equals(from) ? builder : builder.setWho(Values.write(who));
  }

  private static Ping.Builder ping(long sequence, Packet.Addressee addressee, NodeName from) {
    var builder = Ping.newBuilder().setSequence(sequence);
    return switch (addressee) {
      case Packet.Named(NodeName name) -> builder.setTarget(name.value());
      case Packet.Anybody() -> builder.setPadding(PADDING.substring(from.value().length()));
    };
  }

  private static Packet.Body body(io.roster.proto.gossip.Packet packet) throws MalformedGossip {
    return switch (packet.getBodyCase()) {
      case BODY_NOT_SET -> new Packet.News();
      case PING -> {
        var ping = packet.getPing();
        yield new Packet.Ping(
            ping.getSequence(),
            ping.hasTarget()
                ? new Packet.Named(new NodeName(ping.getTarget()))
                : new Packet.Anybody());
      }
      case ACK ->
          new Packet.Ack(
              packet.getAck().getSequence(),
              Values.read(packet.getAck().hasWho() ? packet.getAck().getWho() : packet.getFrom()));
      case PING_REQUEST -> {
        var request = packet.getPingRequest();
        yield new Packet.PingRequest(
            request.getSequence(),
            new NodeName(request.getTarget()),
            Values.readGossip(request.getAddress()));
      }
      case NACK -> new Packet.Nack(packet.getNack().getSequence());
    };
  }

  private static io.roster.proto.gossip.Rumor write(Rumor rumor) {
    var builder = io.roster.proto.gossip.Rumor.newBuilder();
    return switch (rumor) {
      case Rumor.Told(var member) -> builder.setTold(Values.write(member)).build();
      case Rumor.Refuted refuted ->
          builder
              .setRefuted(
                  Refuted.newBuilder()
                      .setAbout(Values.write(refuted.about()))
                      .setVersion(refuted.version())
                      .setSince(refuted.since()))
              .build();
      case Rumor.Accused accused -> {
        var news =
            Accused.newBuilder()
                .setAbout(Values.write(accused.about()))
                .setVersion(accused.version())
                .setState(Values.write(accused.state()));
        accused.accusers().forEach(accuser -> news.addAccusers(accuser.value()));
        yield builder.setAccused(news).build();
      }
    };
  }

  private static Rumor read(io.roster.proto.gossip.Rumor rumor) throws MalformedGossip {
    return switch (rumor.getNewsCase()) {
      case TOLD -> new Rumor.Told(Values.read(rumor.getTold()));
      case REFUTED -> {
        var refuted = rumor.getRefuted();
        yield new Rumor.Refuted(
            Values.read(refuted.getAbout()),
            Values.version(refuted.getVersion()),
            Values.version(refuted.getSince()));
      }
      case ACCUSED -> read(rumor.getAccused());
      case NEWS_NOT_SET -> throw new UnknownGossip("expected news in a rumor, got none");
    };
  }

  private static Rumor read(Accused accused) throws MalformedGossip {
    var state = Values.read(accused.getState());
    if (state == MemberState.ALIVE) {
      throw new MalformedGossip("expected an accusation or a goodbye, got: " + state);
    }
    if (accused.getAccusersCount() > ACCUSERS_MAX) {
      throw new MalformedGossip(
          "expected at most %d accusers, got: %d"
              .formatted(ACCUSERS_MAX, accused.getAccusersCount()));
    }
    return new Rumor.Accused(
        Values.read(accused.getAbout()),
        Values.version(accused.getVersion()),
        state,
        accused.getAccusersList().stream().map(NodeName::new).toList());
  }
}
