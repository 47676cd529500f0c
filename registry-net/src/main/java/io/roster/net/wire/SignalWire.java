package io.roster.net.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.process.SendResult;
import io.roster.core.signal.Signal;
import io.roster.net.wire.SignalEnvelope.Content;
import io.roster.proto.signals.Body;
import io.roster.proto.signals.Local;
import io.roster.proto.signals.Refusal;
import io.roster.proto.signals.SignalFrame;
import io.roster.proto.signals.Unlink;
import java.util.Optional;

/** Signals to bytes and back. Stateless. */
public final class SignalWire {

  private SignalWire() {}

  /** {@code envelope} as a frame. */
  public static ByteString encode(SignalEnvelope envelope) {
    var frame =
        SignalFrame.newBuilder().setFrom(envelope.from()).setTraceparent(envelope.traceparent());
    envelope.to().ifPresent(to -> putDestination(frame, to));
    switch (envelope.content()) {
      case Content.Body(String type, ByteString value, var replyTo) -> {
        var body = Body.newBuilder().setType(type).setValue(value);
        replyTo.ifPresent(alias -> body.setReplyTo(IdentityWire.toProto(alias)));
        frame.setMessage(body);
      }
      case Content.Plain(Signal signal) -> putSignal(frame, signal);
      case Content.Refusal refusal -> frame.setRefusal(encode(refusal));
    }
    return frame.build().toByteString();
  }

  private static void putDestination(SignalFrame.Builder frame, Destination to) {
    switch (to) {
      case Pid(NodeId node, long serial) ->
          frame.setPid(Local.newBuilder().setIncarnation(node.incarnation()).setId(serial));
      case Alias(NodeId node, long id) ->
          frame.setAlias(Local.newBuilder().setIncarnation(node.incarnation()).setId(id));
      case Named(var name, var _) -> frame.setName(name.value());
    }
  }

  private static void putSignal(SignalFrame.Builder frame, Signal signal) {
    switch (signal) {
      case Signal.Message _ ->
          throw new IllegalArgumentException("expected a message as a body, got: it unencoded");
      case Signal.Exit(Pid from, var reason, boolean byLink) ->
          frame.setExit(
              io.roster.proto.signals.Exit.newBuilder()
                  .setFrom(IdentityWire.toProto(from))
                  .setReason(ExitReasonWire.toProto(reason))
                  .setByLink(byLink));
      case Signal.Link(Pid from) -> frame.setLink(IdentityWire.toProto(from));
      case Signal.Unlink(Pid from, long id) -> frame.setUnlink(unlink(from, id));
      case Signal.Unlinked(Pid from, long id) -> frame.setUnlinked(unlink(from, id));
      case Signal.Monitor(var ref) -> frame.setMonitor(IdentityWire.toProto(ref));
      case Signal.Demonitor(var ref) -> frame.setDemonitor(IdentityWire.toProto(ref));
      case Signal.Down down -> frame.setDown(encode(down));
    }
  }

  private static Unlink unlink(Pid from, long id) {
    return Unlink.newBuilder().setFrom(IdentityWire.toProto(from)).setId(id).build();
  }

  private static io.roster.proto.signals.Down encode(Signal.Down down) {
    var proto =
        io.roster.proto.signals.Down.newBuilder()
            .setRef(IdentityWire.toProto(down.ref()))
            .setReason(ExitReasonWire.toProto(down.reason()));
    switch (down.object()) {
      case Pid pid -> proto.setPid(IdentityWire.toProto(pid));
      case Alias alias -> proto.setAlias(IdentityWire.toProto(alias));
      case Named(var name, var node) ->
          proto.setNamed(
              io.roster.proto.signals.Named.newBuilder()
                  .setName(name.value())
                  .setNode(node.value()));
    }
    return proto.build();
  }

  private static Refusal encode(Content.Refusal refusal) {
    var proto = Refusal.newBuilder().setType(refusal.type()).setAnswer(refusal.isAnswer());
    refusal.replyTo().ifPresent(alias -> proto.setReplyTo(IdentityWire.toProto(alias)));
    switch (refusal.why()) {
      case SendResult.NotEncodable(String detail) -> proto.setNotDecodable(detail);
      case SendResult.Overloaded(var _, long queued) -> proto.setOverloaded(queued);
      case SendResult.TooLarge(long bytes, long bytesMax) ->
          proto.setTooLarge(
              io.roster.proto.signals.TooLarge.newBuilder().setBytes(bytes).setBytesMax(bytesMax));
      case SendResult.Delivered _, SendResult.NoSuchProcess _, SendResult.ConnectionLost _ ->
          throw new IllegalArgumentException("expected a refusal, got: " + refusal.why());
    }
    return proto.build();
  }

  /**
   * The envelope in {@code frame}.
   *
   * @param self the node that received it
   * @throws WireException if it is none
   */
  public static SignalEnvelope decode(NodeId self, ByteString frame) throws WireException {
    SignalFrame message;
    try {
      var input = frame.newCodedInput();
      input.enableAliasing(true);
      message = SignalFrame.parseFrom(input);
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("expected a signal, got bytes that are none", e);
    } catch (java.io.IOException e) {
      throw new WireException("expected a signal, got bytes that end early", e);
    }
    var to = destination(self, message);
    return new SignalEnvelope(
        message.getFrom(), to, content(self, message), message.getTraceparent());
  }

  private static Optional<Destination> destination(NodeId self, SignalFrame message)
      throws WireException {
    return switch (message.getToCase()) {
      case PID -> Optional.of(new Pid(start(self, message.getPid()), message.getPid().getId()));
      case ALIAS ->
          Optional.of(new Alias(start(self, message.getAlias()), message.getAlias().getId()));
      case NAME -> Optional.of(new Named(IdentityWire.processName(message.getName()), self.name()));
      case TO_NOT_SET -> Optional.empty();
    };
  }

  private static NodeId start(NodeId self, Local local) throws WireException {
    return local.getIncarnation() == self.incarnation()
        ? self
        : IdentityWire.nodeId(self.name().value(), local.getIncarnation());
  }

  private static Content content(NodeId self, SignalFrame message) throws WireException {
    return switch (message.getSignalCase()) {
      case MESSAGE -> {
        var body = message.getMessage();
        Optional<Alias> replyTo =
            body.hasReplyTo()
                ? Optional.of(IdentityWire.fromProto(body.getReplyTo()))
                : Optional.empty();
        yield new Content.Body(body.getType(), body.getValue(), replyTo);
      }
      case EXIT ->
          new Content.Plain(
              new Signal.Exit(
                  IdentityWire.fromProto(message.getExit().getFrom()),
                  ExitReasonWire.fromProto(message.getExit().getReason()),
                  message.getExit().getByLink()));
      case LINK -> new Content.Plain(new Signal.Link(IdentityWire.fromProto(message.getLink())));
      case UNLINK ->
          new Content.Plain(
              new Signal.Unlink(
                  IdentityWire.fromProto(message.getUnlink().getFrom()),
                  message.getUnlink().getId()));
      case UNLINKED ->
          new Content.Plain(
              new Signal.Unlinked(
                  IdentityWire.fromProto(message.getUnlinked().getFrom()),
                  message.getUnlinked().getId()));
      case MONITOR ->
          new Content.Plain(new Signal.Monitor(IdentityWire.fromProto(message.getMonitor())));
      case DEMONITOR ->
          new Content.Plain(new Signal.Demonitor(IdentityWire.fromProto(message.getDemonitor())));
      case DOWN -> new Content.Plain(decode(message.getDown()));
      case REFUSAL -> decode(self, message.getRefusal());
      case SIGNAL_NOT_SET -> throw new WireException("expected a signal, got an unknown one");
    };
  }

  private static Signal.Down decode(io.roster.proto.signals.Down down) throws WireException {
    Destination object =
        switch (down.getObjectCase()) {
          case PID -> IdentityWire.fromProto(down.getPid());
          case ALIAS -> IdentityWire.fromProto(down.getAlias());
          case NAMED ->
              new Named(
                  IdentityWire.processName(down.getNamed().getName()),
                  IdentityWire.nodeName(down.getNamed().getNode()));
          case OBJECT_NOT_SET ->
              throw new WireException("expected what was monitored, got nothing");
        };
    return new Signal.Down(
        IdentityWire.fromProto(down.getRef()), object, ExitReasonWire.fromProto(down.getReason()));
  }

  private static Content.Refusal decode(NodeId self, Refusal refusal) throws WireException {
    Optional<Alias> replyTo =
        refusal.hasReplyTo()
            ? Optional.of(IdentityWire.fromProto(refusal.getReplyTo()))
            : Optional.empty();
    SendResult why =
        switch (refusal.getWhyCase()) {
          case NOT_DECODABLE -> new SendResult.NotEncodable(refusal.getNotDecodable());
          case OVERLOADED ->
              new SendResult.Overloaded(
                  replyTo.<Destination>map(alias -> alias).orElseGet(() -> Pid.outside(self)),
                  refusal.getOverloaded());
          case TOO_LARGE ->
              new SendResult.TooLarge(
                  refusal.getTooLarge().getBytes(), refusal.getTooLarge().getBytesMax());
          case WHY_NOT_SET -> throw new WireException("expected why it was refused, got nothing");
        };
    return new Content.Refusal(replyTo, why, refusal.getType(), refusal.getAnswer());
  }
}
