package io.roster.net.membership.wire;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipAddress;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.ProtocolVersions;
import io.roster.proto.gossip.Address;
import io.roster.proto.gossip.Metadata;
import io.roster.proto.gossip.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeSet;

/** Members and their parts, to protobuf and back. What is read is checked. */
final class Values {

  static final int METADATA_BYTES_MAX = 512;

  private Values() {}

  static io.roster.proto.identity.NodeId write(NodeId id) {
    return io.roster.proto.identity.NodeId.newBuilder()
        .setName(id.name().value())
        .setIncarnation(id.incarnation())
        .build();
  }

  static NodeId read(io.roster.proto.identity.NodeId id) {
    return new NodeId(new NodeName(id.getName()), id.getIncarnation());
  }

  static Address write(InetSocketAddress address) {
    var builder = Address.newBuilder().setPort(address.getPort());
    var ip = address.getAddress();
    if (ip == null) {
      builder.setHost(address.getHostString());
    } else {
      builder.setIp(ByteString.copyFrom(ip.getAddress()));
    }
    return builder.build();
  }

  static InetSocketAddress read(Address address) throws MalformedGossip {
    int port = address.getPort();
    if (port < 1 || port > 65_535) {
      throw new MalformedGossip("expected a port from 1 to 65535, got: " + port);
    }
    if (!address.getHost().isEmpty()) {
      return InetSocketAddress.createUnresolved(address.getHost(), port);
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address.getIp().toByteArray()), port);
    } catch (UnknownHostException e) {
      throw new MalformedGossip(
          "expected an address of 4 or 16 bytes, got: " + address.getIp().size(), e);
    }
  }

  /** An address that one node can be reached at. */
  static InetSocketAddress readGossip(Address address) throws MalformedGossip {
    var read = read(address);
    if (!GossipAddress.isOfOneNode(read)) {
      throw new MalformedGossip("expected the address of one node as bytes, got: " + read);
    }
    return read;
  }

  static Metadata write(NodeMetadata metadata) {
    var builder =
        Metadata.newBuilder()
            .setArbiterReady(metadata.arbiterReady())
            .setLeaving(metadata.leaving())
            .setWeight(metadata.weight())
            .addAllRoles(metadata.roles())
            .setLoad(metadata.load());
    var protocols = metadata.protocols();
    if (!protocols.equals(ProtocolVersions.FIRST)) {
      builder.setOldestProtocol(protocols.oldest()).setNewestProtocol(protocols.newest());
    }
    metadata.linkAddress().ifPresent(address -> builder.setLink(write(address)));
    metadata.arbiterAddress().ifPresent(address -> builder.setArbiter(write(address)));
    return builder.build();
  }

  static NodeMetadata read(Metadata metadata) throws MalformedGossip {
    if (metadata.getSerializedSize() > METADATA_BYTES_MAX) {
      throw new MalformedGossip(
          "expected metadata of at most %d bytes, got: %d"
              .formatted(METADATA_BYTES_MAX, metadata.getSerializedSize()));
    }
    if (metadata.getWeight() < 0) {
      throw new MalformedGossip("expected a weight of zero or more, got: " + metadata.getWeight());
    }
    return new NodeMetadata(
        metadata.hasLink() ? Optional.of(read(metadata.getLink())) : Optional.empty(),
        metadata.hasArbiter() ? Optional.of(read(metadata.getArbiter())) : Optional.empty(),
        metadata.getArbiterReady(),
        metadata.getLeaving(),
        metadata.getWeight(),
        Collections.unmodifiableSortedSet(new TreeSet<>(metadata.getRolesList())),
        protocols(metadata),
        load(metadata.getLoad()));
  }

  private static int load(int load) throws MalformedGossip {
    if (load < 0 || load > NodeMetadata.LOAD_MAX) {
      throw new MalformedGossip(
          "expected a load from 0 to %d, got: %d".formatted(NodeMetadata.LOAD_MAX, load));
    }
    return load;
  }

  private static ProtocolVersions protocols(Metadata metadata) throws MalformedGossip {
    int oldest = metadata.getOldestProtocol() == 0 ? 1 : metadata.getOldestProtocol();
    int newest = metadata.getNewestProtocol() == 0 ? 1 : metadata.getNewestProtocol();
    try {
      return new ProtocolVersions(oldest, newest);
    } catch (IllegalArgumentException e) {
      throw new MalformedGossip(String.valueOf(e.getMessage()), e);
    }
  }

  static io.roster.proto.gossip.Member write(Member member) {
    return io.roster.proto.gossip.Member.newBuilder()
        .setId(write(member.id()))
        .setAddress(write(member.gossipAddress()))
        .setState(write(member.state()))
        .setVersion(member.version())
        .setMetadata(write(member.metadata()))
        .build();
  }

  static Member read(io.roster.proto.gossip.Member member) throws MalformedGossip {
    return new Member(
        read(member.getId()),
        readGossip(member.getAddress()),
        read(member.getState()),
        version(member.getVersion()),
        read(member.getMetadata()));
  }

  static long version(long version) throws MalformedGossip {
    // Far below the top, so that raising it by one for ever cannot overflow.
    if (version < 0 || version > Long.MAX_VALUE / 2) {
      throw new MalformedGossip("expected a version from 0 to 2^62, got: " + version);
    }
    return version;
  }

  static State write(MemberState state) {
    return switch (state) {
      case ALIVE -> State.STATE_ALIVE;
      case SUSPECT -> State.STATE_SUSPECT;
      case DEAD -> State.STATE_DEAD;
      case LEFT -> State.STATE_LEFT;
    };
  }

  static MemberState read(State state) throws MalformedGossip {
    return switch (state) {
      case STATE_ALIVE -> MemberState.ALIVE;
      case STATE_SUSPECT -> MemberState.SUSPECT;
      case STATE_DEAD -> MemberState.DEAD;
      case STATE_LEFT -> MemberState.LEFT;
      case STATE_UNSPECIFIED -> throw new MalformedGossip("expected a member's state, got none");
      case UNRECOGNIZED -> throw new UnknownGossip("expected a member's state, got a later one");
    };
  }
}
