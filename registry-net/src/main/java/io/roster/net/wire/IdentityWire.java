package io.roster.net.wire;

import io.roster.core.identity.Alias;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;

/** Identities to their protobuf messages and back. Stateless. */
public final class IdentityWire {

  private IdentityWire() {}

  /** {@code id} as it crosses the wire. */
  public static io.roster.proto.identity.NodeId toProto(NodeId id) {
    return io.roster.proto.identity.NodeId.newBuilder()
        .setName(id.name().value())
        .setIncarnation(id.incarnation())
        .build();
  }

  /** {@code pid} as it crosses the wire. */
  public static io.roster.proto.identity.Pid toProto(Pid pid) {
    return io.roster.proto.identity.Pid.newBuilder()
        .setNode(toProto(pid.node()))
        .setSerial(pid.serial())
        .build();
  }

  /** {@code ref} as it crosses the wire. */
  public static io.roster.proto.identity.Ref toProto(Ref ref) {
    return io.roster.proto.identity.Ref.newBuilder()
        .setNode(toProto(ref.node()))
        .setId(ref.id())
        .build();
  }

  /** {@code alias} as it crosses the wire. */
  public static io.roster.proto.identity.Alias toProto(Alias alias) {
    return io.roster.proto.identity.Alias.newBuilder()
        .setNode(toProto(alias.node()))
        .setId(alias.id())
        .build();
  }

  /** The start of a node. */
  public static NodeId fromProto(io.roster.proto.identity.NodeId id) throws WireException {
    return nodeId(id.getName(), id.getIncarnation());
  }

  /** The process. */
  public static Pid fromProto(io.roster.proto.identity.Pid pid) throws WireException {
    return new Pid(fromProto(pid.getNode()), pid.getSerial());
  }

  /** The monitor or timer. */
  public static Ref fromProto(io.roster.proto.identity.Ref ref) throws WireException {
    return new Ref(fromProto(ref.getNode()), ref.getId());
  }

  /** The reply address. */
  public static Alias fromProto(io.roster.proto.identity.Alias alias) throws WireException {
    return new Alias(fromProto(alias.getNode()), alias.getId());
  }

  /** The start of a node, from its parts. */
  public static NodeId nodeId(String name, long incarnation) throws WireException {
    try {
      return new NodeId(new NodeName(name), incarnation);
    } catch (IllegalArgumentException e) {
      throw new WireException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A node's name. */
  public static NodeName nodeName(String name) throws WireException {
    try {
      return new NodeName(name);
    } catch (IllegalArgumentException e) {
      throw new WireException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A process's name. */
  public static ProcessName processName(String name) throws WireException {
    try {
      return new ProcessName(name);
    } catch (IllegalArgumentException e) {
      throw new WireException(String.valueOf(e.getMessage()), e);
    }
  }
}
