package io.roster.net.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.roster.net.wire.LinkMessage.Accepted;
import io.roster.net.wire.LinkMessage.Challenge;
import io.roster.net.wire.LinkMessage.Data;
import io.roster.net.wire.LinkMessage.Dialler;
import io.roster.net.wire.LinkMessage.Goodbye;
import io.roster.net.wire.LinkMessage.Heartbeat;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Proof;
import io.roster.net.wire.LinkMessage.Refused;
import io.roster.net.wire.LinkMessage.Seat;
import io.roster.proto.link.LinkFrame;
import io.roster.proto.link.Role;
import java.util.Optional;

/** Messages of a connection to bytes and back. Stateless. */
public final class LinkWire {

  /** More than the bytes that {@link #dataHeader} puts before a payload. */
  public static final int DATA_HEADER_BYTES_MAX = 32;

  private static final int DATA_TAG = tag(LinkFrame.DATA_FIELD_NUMBER);
  private static final int FEATURE_TAG =
      (io.roster.proto.link.Data.FEATURE_FIELD_NUMBER << 3) | WireFormat.WIRETYPE_VARINT;
  private static final int PAYLOAD_TAG = tag(io.roster.proto.link.Data.PAYLOAD_FIELD_NUMBER);

  private LinkWire() {}

  private static int tag(int field) {
    return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** {@code message} as a frame, without the length before it. */
  public static ByteString encode(LinkMessage message) {
    var frame = LinkFrame.newBuilder();
    switch (message) {
      case Hello hello -> frame.setHello(encode(hello));
      case Challenge(int protocol, String cluster, var node, ByteString nonce) ->
          frame.setChallenge(
              io.roster.proto.link.Challenge.newBuilder()
                  .setProtocol(protocol)
                  .setCluster(cluster)
                  .setNode(IdentityWire.toProto(node))
                  .setNonce(nonce));
      case Proof(ByteString mac) ->
          frame.setProof(io.roster.proto.link.Proof.newBuilder().setMac(mac));
      case Accepted(ByteString mac) ->
          frame.setAccepted(io.roster.proto.link.Accepted.newBuilder().setMac(mac));
      case Refused(RefusalCode code, String detail) ->
          frame.setRefused(
              io.roster.proto.link.Refused.newBuilder().setCode(code(code)).setDetail(detail));
      case Heartbeat() -> frame.setHeartbeat(io.roster.proto.link.Heartbeat.getDefaultInstance());
      case Goodbye(String detail) ->
          frame.setGoodbye(io.roster.proto.link.Goodbye.newBuilder().setDetail(detail));
      case Data(int feature, ByteString payload) ->
          frame.setData(
              io.roster.proto.link.Data.newBuilder().setFeature(feature).setPayload(payload));
    }
    return frame.build().toByteString();
  }

  private static io.roster.proto.link.Hello encode(Hello hello) {
    var seat = hello.seat();
    var proto =
        io.roster.proto.link.Hello.newBuilder()
            .setProtocolMin(hello.protocolMin())
            .setProtocolMax(hello.protocolMax())
            .setCluster(hello.cluster())
            .setLink(seat.link())
            .setLane(seat.lane())
            .setLanes(seat.lanes())
            .setLostLink(seat.lostLink().orElse(0L))
            .setNonce(hello.nonce());
    switch (hello.dialler()) {
      case Dialler.Node(var id) -> proto.setRole(Role.ROLE_NODE).setNode(IdentityWire.toProto(id));
      case Dialler.Client(String label) -> proto.setRole(Role.ROLE_CLIENT).setClient(label);
    }
    return proto.build();
  }

  /**
   * What stands before the {@code payloadBytes} of a {@link Data} frame, so that the payload need
   * not be copied into the message first.
   *
   * @return bytes that, followed by the payload, are the frame
   */
  public static byte[] dataHeader(int feature, int payloadBytes) {
    int inner =
        1
            + CodedOutputStream.computeUInt32SizeNoTag(feature)
            + 1
            + CodedOutputStream.computeUInt32SizeNoTag(payloadBytes)
            + payloadBytes;
    var header = new byte[DATA_HEADER_BYTES_MAX];
    int at = putVarint(header, 0, DATA_TAG);
    at = putVarint(header, at, inner);
    at = putVarint(header, at, FEATURE_TAG);
    at = putVarint(header, at, feature);
    at = putVarint(header, at, PAYLOAD_TAG);
    at = putVarint(header, at, payloadBytes);
    return java.util.Arrays.copyOf(header, at);
  }

  private static int putVarint(byte[] into, int at, int value) {
    int rest = value;
    int next = at;
    while ((rest & ~0x7f) != 0) {
      into[next++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    into[next++] = (byte) rest;
    return next;
  }

  /**
   * The message in {@code frame}; its payload shares the frame's bytes.
   *
   * @throws WireException if it is none
   */
  public static LinkMessage decode(ByteString frame) throws WireException {
    LinkFrame message;
    try {
      var input = frame.newCodedInput();
      input.enableAliasing(true);
      message = LinkFrame.parseFrom(input);
      input.checkLastTagWas(0);
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("expected a link frame, got bytes that are none", e);
    } catch (java.io.IOException e) {
      throw new WireException("expected a link frame, got bytes that end early", e);
    }
    return switch (message.getKindCase()) {
      case HELLO -> decode(message.getHello());
      case CHALLENGE -> {
        var challenge = message.getChallenge();
        yield new Challenge(
            challenge.getProtocol(),
            challenge.getCluster(),
            IdentityWire.fromProto(challenge.getNode()),
            challenge.getNonce());
      }
      case PROOF -> new Proof(message.getProof().getMac());
      case ACCEPTED -> new Accepted(message.getAccepted().getMac());
      case REFUSED ->
          new Refused(code(message.getRefused().getCode()), message.getRefused().getDetail());
      case HEARTBEAT -> new Heartbeat();
      case GOODBYE -> new Goodbye(message.getGoodbye().getDetail());
      case DATA -> new Data(message.getData().getFeature(), message.getData().getPayload());
      case KIND_NOT_SET -> throw new WireException("expected a link frame, got an empty one");
    };
  }

  private static Hello decode(io.roster.proto.link.Hello hello) throws WireException {
    Dialler dialler =
        switch (hello.getRole()) {
          case ROLE_NODE -> new Dialler.Node(IdentityWire.fromProto(hello.getNode()));
          case ROLE_CLIENT -> new Dialler.Client(hello.getClient());
          case ROLE_UNSPECIFIED, UNRECOGNIZED ->
              throw new WireException(
                  "expected the role of a node or a client, got: " + hello.getRoleValue());
        };
    return new Hello(
        hello.getProtocolMin(),
        hello.getProtocolMax(),
        hello.getCluster(),
        dialler,
        new Seat(
            hello.getLink(),
            hello.getLane(),
            hello.getLanes(),
            Optional.of(hello.getLostLink()).filter(lost -> lost != 0)),
        hello.getNonce());
  }

  private static io.roster.proto.link.RefusalCode code(RefusalCode code) {
    return switch (code) {
      case PROTOCOL -> io.roster.proto.link.RefusalCode.REFUSAL_PROTOCOL;
      case CLUSTER -> io.roster.proto.link.RefusalCode.REFUSAL_CLUSTER;
      case COOKIE -> io.roster.proto.link.RefusalCode.REFUSAL_COOKIE;
      case MALFORMED -> io.roster.proto.link.RefusalCode.REFUSAL_MALFORMED;
      case STALE -> io.roster.proto.link.RefusalCode.REFUSAL_STALE;
      case CROSSED -> io.roster.proto.link.RefusalCode.REFUSAL_CROSSED;
      case SAME_NAME -> io.roster.proto.link.RefusalCode.REFUSAL_SAME_NAME;
      case FULL -> io.roster.proto.link.RefusalCode.REFUSAL_FULL;
      case CLOSING -> io.roster.proto.link.RefusalCode.REFUSAL_CLOSING;
      case OTHER -> io.roster.proto.link.RefusalCode.REFUSAL_UNSPECIFIED;
    };
  }

  private static RefusalCode code(io.roster.proto.link.RefusalCode code) {
    return switch (code) {
      case REFUSAL_PROTOCOL -> RefusalCode.PROTOCOL;
      case REFUSAL_CLUSTER -> RefusalCode.CLUSTER;
      case REFUSAL_COOKIE -> RefusalCode.COOKIE;
      case REFUSAL_MALFORMED -> RefusalCode.MALFORMED;
      case REFUSAL_STALE -> RefusalCode.STALE;
      case REFUSAL_CROSSED -> RefusalCode.CROSSED;
      case REFUSAL_SAME_NAME -> RefusalCode.SAME_NAME;
      case REFUSAL_FULL -> RefusalCode.FULL;
      case REFUSAL_CLOSING -> RefusalCode.CLOSING;
      case REFUSAL_UNSPECIFIED, UNRECOGNIZED -> RefusalCode.OTHER;
    };
  }
}
