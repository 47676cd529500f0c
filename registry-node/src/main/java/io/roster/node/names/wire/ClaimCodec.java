package io.roster.node.names.wire;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import java.util.Optional;

/** Claims and what they are made of, to protobuf and back. Bad values throw what records throw. */
final class ClaimCodec {

  private ClaimCodec() {}

  static io.roster.proto.names.Claim encode(Claim claim) {
    var builder =
        io.roster.proto.names.Claim.newBuilder()
            .setName(claim.name().value())
            .setEpoch(claim.epoch())
            .setSince(claim.since())
            .setOwner(encode(claim.owner()))
            .setId(encode(claim.id()))
            .putAllMetadata(claim.metadata());
    claim.replaces().ifPresent(id -> builder.setReplaces(encode(id)));
    return builder.build();
  }

  static Claim decode(io.roster.proto.names.Claim claim) {
    return new Claim(
        new ProcessName(claim.getName()),
        claim.getEpoch(),
        claim.getSince(),
        decode(claim.getOwner()),
        decode(claim.getId()),
        claim.hasReplaces() ? Optional.of(decode(claim.getReplaces())) : Optional.empty(),
        claim.getMetadataMap());
  }

  static io.roster.proto.names.RegistrationId encode(RegistrationId id) {
    return io.roster.proto.names.RegistrationId.newBuilder()
        .setNode(encode(id.node()))
        .setNumber(id.number())
        .build();
  }

  static RegistrationId decode(io.roster.proto.names.RegistrationId id) {
    return new RegistrationId(decode(id.getNode()), id.getNumber());
  }

  static io.roster.proto.identity.Pid encode(Pid pid) {
    return io.roster.proto.identity.Pid.newBuilder()
        .setNode(encode(pid.node()))
        .setSerial(pid.serial())
        .build();
  }

  static Pid decode(io.roster.proto.identity.Pid pid) {
    return new Pid(decode(pid.getNode()), pid.getSerial());
  }

  private static io.roster.proto.identity.NodeId encode(NodeId node) {
    return io.roster.proto.identity.NodeId.newBuilder()
        .setName(node.name().value())
        .setIncarnation(node.incarnation())
        .build();
  }

  private static NodeId decode(io.roster.proto.identity.NodeId node) {
    return new NodeId(new NodeName(node.getName()), node.getIncarnation());
  }
}
