package io.roster.node.names.wire;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.protocol.NamesMessage;
import io.roster.proto.names.TransferAnswer;
import io.roster.proto.names.TransferRequest;

/** Hand-overs and their answers, to protobuf and back. */
final class TransferCodec {

  private TransferCodec() {}

  static TransferRequest encode(NamesMessage.TransferRequest request) {
    return TransferRequest.newBuilder()
        .setRequest(request.request())
        .setName(request.name().value())
        .setFrom(ClaimCodec.encode(request.from()))
        .setTo(ClaimCodec.encode(request.to()))
        .build();
  }

  static NamesMessage.TransferRequest decode(TransferRequest request) {
    return new NamesMessage.TransferRequest(
        request.getRequest(),
        new ProcessName(request.getName()),
        ClaimCodec.decode(request.getFrom()),
        ClaimCodec.decode(request.getTo()));
  }

  static TransferAnswer encode(NamesMessage.TransferAnswer answer) {
    var builder = TransferAnswer.newBuilder().setRequest(answer.request());
    switch (answer.registration()) {
      case Registration.Registered(ProcessName name, Pid pid) ->
          builder.setName(name.value()).setRegistered(ClaimCodec.encode(pid));
      case Registration.AlreadyRegistered(ProcessName name, Pid pid) ->
          builder.setName(name.value()).setAlreadyRegistered(ClaimCodec.encode(pid));
      case Registration.NotAlive(ProcessName name, Pid pid) ->
          builder.setName(name.value()).setNotAlive(ClaimCodec.encode(pid));
      case Registration.Refused(ProcessName name, String detail) ->
          builder.setName(name.value()).setRefused(detail);
      case Registration.Unknown(ProcessName name, String detail) ->
          builder.setName(name.value()).setUnknown(detail);
    }
    return builder.build();
  }

  static NamesMessage.TransferAnswer decode(TransferAnswer answer) throws MalformedNamesException {
    var name = new ProcessName(answer.getName());
    Registration registration =
        switch (answer.getOutcomeCase()) {
          case REGISTERED ->
              new Registration.Registered(name, ClaimCodec.decode(answer.getRegistered()));
          case ALREADY_REGISTERED ->
              new Registration.AlreadyRegistered(
                  name, ClaimCodec.decode(answer.getAlreadyRegistered()));
          case NOT_ALIVE ->
              new Registration.NotAlive(name, ClaimCodec.decode(answer.getNotAlive()));
          case REFUSED -> new Registration.Refused(name, answer.getRefused());
          case UNKNOWN -> new Registration.Unknown(name, answer.getUnknown());
          case OUTCOME_NOT_SET ->
              throw new MalformedNamesException("expected an outcome, got: an unknown one");
        };
    return new NamesMessage.TransferAnswer(answer.getRequest(), registration);
  }
}
