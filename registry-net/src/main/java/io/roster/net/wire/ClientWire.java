package io.roster.net.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.core.identity.Alias;
import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.net.wire.ClientMessage.Asked;
import io.roster.net.wire.ClientMessage.FailureKind;
import io.roster.net.wire.ClientMessage.Request;
import io.roster.net.wire.ClientMessage.Response;
import io.roster.net.wire.ClientMessage.Said;
import io.roster.net.wire.ClientMessage.Whom;
import io.roster.proto.client.Address;
import io.roster.proto.client.Cancel;
import io.roster.proto.client.ClientRequest;
import io.roster.proto.client.ClientResponse;
import io.roster.proto.client.Deliver;
import io.roster.proto.client.Delivered;
import io.roster.proto.client.Failure;
import io.roster.proto.client.Leaving;
import io.roster.proto.client.Members;
import io.roster.proto.client.NameOnNode;
import io.roster.proto.client.Reply;
import io.roster.proto.client.TooLargeForClient;
import io.roster.proto.client.Whereabouts;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Optional;

/** Messages between clients and nodes to bytes and back. Stateless. */
public final class ClientWire {

  private static final int PORT_MAX = 65_535;

  private ClientWire() {}

  /** {@code request} as a frame. */
  public static ByteString encode(Request request) {
    var proto =
        ClientRequest.newBuilder()
            .setId(request.id())
            .setBudgetMillis(request.budgetMillis())
            .setTraceparent(request.traceparent());
    switch (request.asked()) {
      case Asked.Deliver deliver when deliver.awaitsAnswer() -> proto.setCall(encode(deliver));
      case Asked.Deliver deliver -> proto.setSend(encode(deliver));
      case Asked.Whereis(var name) -> proto.setWhereis(name.value());
      case Asked.Cancel() -> proto.setCancel(Cancel.getDefaultInstance());
    }
    return proto.build().toByteString();
  }

  private static Deliver encode(Asked.Deliver deliver) {
    var proto = Deliver.newBuilder().setType(deliver.type()).setValue(deliver.value());
    switch (deliver.to()) {
      case Whom.Global(var name) -> proto.setGlobal(name.value());
      case Whom.At(Pid pid) -> proto.setPid(IdentityWire.toProto(pid));
      case Whom.At(Named(var name, var node)) ->
          proto.setNamed(NameOnNode.newBuilder().setName(name.value()).setNode(node.value()));
      case Whom.At(Alias alias) ->
          throw new IllegalArgumentException("expected a pid or a name, got: " + alias);
    }
    return proto.build();
  }

  /** {@code response} as a frame. */
  public static ByteString encode(Response response) {
    var proto = ClientResponse.newBuilder().setId(response.id());
    switch (response.said()) {
      case Said.Delivered() -> proto.setDelivered(Delivered.getDefaultInstance());
      case Said.Reply(String type, ByteString value) ->
          proto.setReply(Reply.newBuilder().setType(type).setValue(value));
      case Said.Whereabouts(var pid) -> {
        var whereabouts = Whereabouts.newBuilder();
        pid.ifPresent(found -> whereabouts.setPid(IdentityWire.toProto(found)));
        proto.setWhereabouts(whereabouts);
      }
      case Said.Failure failure -> proto.setFailure(encode(failure));
      case Said.Members(var addresses) -> {
        var members = Members.newBuilder();
        for (InetSocketAddress address : addresses) {
          members.addAddresses(
              Address.newBuilder().setHost(host(address)).setPort(address.getPort()));
        }
        proto.setMembers(members);
      }
      case Said.Leaving() -> proto.setLeaving(Leaving.getDefaultInstance());
    }
    return proto.build().toByteString();
  }

  private static String host(InetSocketAddress address) {
    return address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
  }

  private static Failure encode(Said.Failure failure) {
    var proto = Failure.newBuilder();
    switch (failure.kind()) {
      case NO_SUCH_NAME -> proto.setNoSuchName(failure.detail());
      case NO_SUCH_PROCESS -> proto.setNoSuchProcess(failure.detail());
      case SERVER_DOWN -> proto.setServerDown(failure.detail());
      case NO_CONNECTION -> proto.setNoConnection(failure.detail());
      case OVERLOADED -> proto.setOverloaded(failure.amount());
      case TOO_LARGE ->
          proto.setTooLarge(
              TooLargeForClient.newBuilder()
                  .setBytes(failure.amount())
                  .setBytesMax(failure.limit()));
      case REFUSED -> proto.setRefused(failure.detail());
      case UNKNOWN -> proto.setUnknown(failure.detail());
    }
    return proto.build();
  }

  /**
   * The request in {@code frame}.
   *
   * @throws WireException if it is none
   */
  public static Request decodeRequest(ByteString frame) throws WireException {
    ClientRequest proto;
    try {
      proto = ClientRequest.parseFrom(frame);
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("expected a client's request, got bytes that are none", e);
    }
    Asked asked =
        switch (proto.getKindCase()) {
          case SEND -> decode(proto.getSend(), false);
          case CALL -> decode(proto.getCall(), true);
          case WHEREIS -> new Asked.Whereis(IdentityWire.processName(proto.getWhereis()));
          case CANCEL -> new Asked.Cancel();
          case KIND_NOT_SET ->
              throw new WireException("expected a client's request, got an unknown one");
        };
    return new Request(proto.getId(), asked, proto.getBudgetMillis(), proto.getTraceparent());
  }

  private static Asked decode(Deliver deliver, boolean awaitsAnswer) throws WireException {
    Whom to =
        switch (deliver.getToCase()) {
          case GLOBAL -> new Whom.Global(IdentityWire.processName(deliver.getGlobal()));
          case PID -> new Whom.At(IdentityWire.fromProto(deliver.getPid()));
          case NAMED ->
              new Whom.At(
                  new Named(
                      IdentityWire.processName(deliver.getNamed().getName()),
                      IdentityWire.nodeName(deliver.getNamed().getNode())));
          case TO_NOT_SET -> throw new WireException("expected for whom it is, got nobody");
        };
    return new Asked.Deliver(to, deliver.getType(), deliver.getValue(), awaitsAnswer);
  }

  /**
   * The response in {@code frame}.
   *
   * @throws WireException if it is none
   */
  public static Response decodeResponse(ByteString frame) throws WireException {
    ClientResponse proto;
    try {
      proto = ClientResponse.parseFrom(frame);
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("expected a node's response, got bytes that are none", e);
    }
    Said said =
        switch (proto.getKindCase()) {
          case DELIVERED -> new Said.Delivered();
          case REPLY -> new Said.Reply(proto.getReply().getType(), proto.getReply().getValue());
          case WHEREABOUTS ->
              new Said.Whereabouts(
                  proto.getWhereabouts().hasPid()
                      ? Optional.of(IdentityWire.fromProto(proto.getWhereabouts().getPid()))
                      : Optional.empty());
          case FAILURE -> decode(proto.getFailure());
          case MEMBERS -> decode(proto.getMembers());
          case LEAVING -> new Said.Leaving();
          case KIND_NOT_SET ->
              throw new WireException("expected a node's response, got an unknown one");
        };
    return new Response(proto.getId(), said);
  }

  private static Said.Members decode(Members members) throws WireException {
    var addresses = new ArrayList<InetSocketAddress>();
    for (Address address : members.getAddressesList()) {
      if (address.getPort() <= 0 || address.getPort() > PORT_MAX) {
        throw new WireException("expected a port, got: " + address.getPort());
      }
      addresses.add(InetSocketAddress.createUnresolved(address.getHost(), address.getPort()));
    }
    return new Said.Members(addresses);
  }

  private static Said.Failure decode(Failure failure) throws WireException {
    return switch (failure.getKindCase()) {
      case NO_SUCH_NAME -> failure(FailureKind.NO_SUCH_NAME, failure.getNoSuchName());
      case NO_SUCH_PROCESS -> failure(FailureKind.NO_SUCH_PROCESS, failure.getNoSuchProcess());
      case SERVER_DOWN -> failure(FailureKind.SERVER_DOWN, failure.getServerDown());
      case NO_CONNECTION -> failure(FailureKind.NO_CONNECTION, failure.getNoConnection());
      case OVERLOADED -> new Said.Failure(FailureKind.OVERLOADED, "", failure.getOverloaded(), 0);
      case TOO_LARGE ->
          new Said.Failure(
              FailureKind.TOO_LARGE,
              "",
              failure.getTooLarge().getBytes(),
              failure.getTooLarge().getBytesMax());
      case REFUSED -> failure(FailureKind.REFUSED, failure.getRefused());
      case UNKNOWN -> failure(FailureKind.UNKNOWN, failure.getUnknown());
      case KIND_NOT_SET ->
          failure(FailureKind.UNKNOWN, "a failure that this version does not know");
    };
  }

  private static Said.Failure failure(FailureKind kind, String detail) {
    return new Said.Failure(kind, detail, 0, 0);
  }
}
