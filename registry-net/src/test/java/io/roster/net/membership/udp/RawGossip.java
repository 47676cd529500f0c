package io.roster.net.membership.udp;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.proto.gossip.Accused;
import io.roster.proto.gossip.Address;
import io.roster.proto.gossip.Compare;
import io.roster.proto.gossip.Known;
import io.roster.proto.gossip.Member;
import io.roster.proto.gossip.Metadata;
import io.roster.proto.gossip.Refuted;
import io.roster.proto.gossip.Rows;
import io.roster.proto.gossip.Rumor;
import io.roster.proto.gossip.State;
import io.roster.proto.gossip.StreamMessage;
import io.roster.proto.gossip.Versions;
import java.net.InetAddress;

/** Messages as they are on the wire, that may say what no node says. */
final class RawGossip {

  private static final int METADATA_BYTES_MAX = 512;

  private RawGossip() {}

  static io.roster.proto.identity.NodeId id(NodeId id) {
    return io.roster.proto.identity.NodeId.newBuilder()
        .setName(id.name().value())
        .setIncarnation(id.incarnation())
        .build();
  }

  /** A member that nobody knows yet, and that there may be. */
  static Member.Builder newcomer() {
    return Member.newBuilder()
        .setId(id(Insider.SELF))
        .setAddress(at("127.0.0.1"))
        .setState(State.STATE_ALIVE)
        .setVersion(1)
        .setMetadata(Metadata.newBuilder().setWeight(1));
  }

  static Address.Builder at(String ip) {
    return at(InetAddress.ofLiteral(ip).getAddress());
  }

  static Address.Builder at(byte... ip) {
    return Address.newBuilder().setIp(ByteString.copyFrom(ip)).setPort(9);
  }

  /** One byte more than a node may say of itself. */
  static void fatten(Member.Builder member) {
    var metadata = member.getMetadataBuilder();
    int head = 3;
    int rest = METADATA_BYTES_MAX + 1 - metadata.build().getSerializedSize() - head;
    metadata.addRoles("r".repeat(rest));
    int size = metadata.build().getSerializedSize();
    if (size != METADATA_BYTES_MAX + 1) {
      throw new AssertionError("expected 513 bytes, got: " + size);
    }
  }

  static Rumor accusing(Accused.Builder accused) {
    return Rumor.newBuilder().setAccused(accused).build();
  }

  static Rumor refuting(NodeId about, long version, long since) {
    return Rumor.newBuilder()
        .setRefuted(Refuted.newBuilder().setAbout(id(about)).setVersion(version).setSince(since))
        .build();
  }

  static Rows.Builder rows() {
    return Rows.newBuilder().setFrom(id(Insider.SELF));
  }

  static Known known(Member.Builder member) {
    return Known.newBuilder().setMember(member).build();
  }

  static byte[] compare(Member.Builder self) {
    return bytes(StreamMessage.newBuilder().setCompare(Compare.newBuilder().setSelf(self)));
  }

  static byte[] message(Rows.Builder rows) {
    return bytes(StreamMessage.newBuilder().setRows(rows));
  }

  static byte[] message(Versions.Builder versions) {
    return bytes(StreamMessage.newBuilder().setVersions(versions));
  }

  private static byte[] bytes(StreamMessage.Builder message) {
    return message.build().toByteArray();
  }
}
