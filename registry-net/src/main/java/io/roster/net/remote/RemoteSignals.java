package io.roster.net.remote;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.RemoteRouter;
import io.roster.core.process.SendResult;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.Signal;
import io.roster.net.codec.CodecException;
import io.roster.net.codec.MessageTypes;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Lane;
import io.roster.net.transport.Sent;
import io.roster.net.transport.Transport;
import io.roster.net.wire.SignalEnvelope;
import io.roster.net.wire.SignalEnvelope.Content;
import io.roster.net.wire.SignalWire;
import io.roster.net.wire.WireException;
import java.util.Optional;

/*
 * Order: a signal travels on the data lane of its sender's serial, so all signals of one sender to
 * one node keep their order, whatever their kind.
 *
 * Loss: a message may be refused (the link's buffer is full, it is too large, its type is unknown);
 * whoever sent it is told. What the semantics of links, monitors and calls rest on — every other
 * signal, and answers — may exceed the buffer, and breaks the link when even its reserve is used
 * up; then everybody who waits hears NoConnection, as after any loss.
 *
 * A new link: the transport calls onDown of the old link before it takes a frame for the new one,
 * so NoConnection fires before any signal of the new link.
 */
/** The way between a process system and those of other nodes. Thread-safe; nothing here blocks. */
public final class RemoteSignals implements RemoteRouter {

  private final ProcessSystem system;
  private final Transport transport;
  private final MessageTypes types;
  private final CrashDetails details;

  private RemoteSignals(ProcessSystem system, Transport transport, MessageTypes types) {
    this.system = system;
    this.transport = transport;
    this.types = types;
    this.details = new CrashDetails(system, types);
  }

  /**
   * Connects {@code system} to the processes of other nodes.
   *
   * @param transport the links of the same node
   * @param types the messages that this node sends and takes
   */
  public static RemoteSignals connect(
      ProcessSystem system, Transport transport, MessageTypes types) {
    if (!system.node().equals(transport.self())) {
      throw new IllegalArgumentException(
          "expected links of " + system.node() + ", got: those of " + transport.self());
    }
    var signals = new RemoteSignals(system, transport, types);
    system.connect(signals);
    transport.onLinks(
        new Transport.LinkListener() {
          @Override
          public void onUp(NodeId peer) {}

          @Override
          public void onDown(NodeId peer) {
            system.nodeDown(peer);
          }
        });
    transport.onFrames(Feature.SIGNALS, signals::onFrame);
    return signals;
  }

  @Override
  public SendResult route(Pid from, Destination to, Signal signal) {
    return switch (signal) {
      case Signal.Message(Object body) -> routeMessage(from, to, body);
      case Signal.Exit _,
          Signal.Link _,
          Signal.Unlink _,
          Signal.Unlinked _,
          Signal.Monitor _,
          Signal.Demonitor _,
          Signal.Down _ ->
          send(from, to.nodeName(), Optional.of(to), plain(signal), true);
    };
  }

  @Override
  public SendResult route(Pid from, NodeName to, Signal signal) {
    return send(from, to, Optional.empty(), plain(signal), true);
  }

  private Content plain(Signal signal) {
    return new Content.Plain(details.outbound(signal));
  }

  private SendResult routeMessage(Pid from, Destination to, Object message) {
    Content.Body body;
    try {
      var encoded = types.encode(message);
      body = new Content.Body(encoded.type(), encoded.value(), encoded.replyTo());
    } catch (CodecException e) {
      var why = new SendResult.NotEncodable(String.valueOf(e.getMessage()));
      tellWhoWaits(from, to, why, message.getClass().getSimpleName());
      return why;
    }
    var result = send(from, to.nodeName(), Optional.of(to), body, to instanceof Alias);
    if (result instanceof SendResult.TooLarge) {
      tellWhoWaits(from, to, result, body.type());
    }
    return result;
  }

  /** An answer that cannot be sent is a refusal to the one who waits for it. */
  private void tellWhoWaits(Pid from, Destination to, SendResult why, String type) {
    if (to instanceof Alias alias) {
      var _ =
          send(
              from,
              alias.nodeName(),
              Optional.empty(),
              new Content.Refusal(Optional.of(alias), why, type, true),
              true);
    }
  }

  private SendResult send(
      Pid from, NodeName node, Optional<Destination> to, Content content, boolean orBreak) {
    var frame =
        new Frame(
            Feature.SIGNALS, SignalWire.encode(new SignalEnvelope(from.serial(), to, content, "")));
    var lane = Lane.data(from.serial());
    var sent =
        orBreak ? transport.sendOrBreak(node, lane, frame) : transport.send(node, lane, frame);
    return switch (sent) {
      case Sent.Queued() -> SendResult.delivered();
      case Sent.NotConnected(NodeName peer) -> new SendResult.ConnectionLost(peer);
      case Sent.Overloaded(var _, long buffered) ->
          to.<SendResult>map(whom -> new SendResult.Overloaded(whom, buffered))
              .orElseGet(() -> new SendResult.ConnectionLost(node));
      case Sent.TooLarge(long bytes, long bytesMax) -> new SendResult.TooLarge(bytes, bytesMax);
    };
  }

  private void onFrame(NodeId peer, Frame frame) {
    try {
      var envelope = SignalWire.decode(system.node(), frame.payload());
      take(peer, envelope);
    } catch (WireException e) {
      system.report(new RemoteReport.BadSignal(peer, String.valueOf(e.getMessage())));
    }
  }

  private void take(NodeId peer, SignalEnvelope envelope) throws WireException {
    var from = new Pid(peer, envelope.from());
    switch (envelope.content()) {
      case Content.Body body -> takeMessage(from, addressee(envelope), body);
      case Content.Plain(Signal signal) -> takeSignal(from, envelope, details.inbound(signal));
      case Content.Refusal refusal -> takeRefusal(peer, refusal);
    }
  }

  private void takeSignal(Pid from, SignalEnvelope envelope, Signal signal) throws WireException {
    if (signal instanceof Signal.Down down) {
      system.deliver(from, down);
    } else {
      var _ = system.deliver(from, addressee(envelope), signal);
    }
  }

  private void takeRefusal(NodeId peer, Content.Refusal refusal) {
    if (refusal.replyTo().isEmpty()) {
      system.report(new RemoteReport.MessageRefused(peer, refusal.type(), refusal.why()));
    } else if (refusal.isAnswer()) {
      system.answerLost(refusal.replyTo().get(), "its answer cannot be sent: " + refusal.why());
    } else {
      var _ = system.refuse(refusal.replyTo().get(), refusal.why());
    }
  }

  private static Destination addressee(SignalEnvelope envelope) throws WireException {
    return envelope
        .to()
        .orElseThrow(() -> new WireException("expected whom the signal is for, got nobody"));
  }

  private void takeMessage(Pid from, Destination to, Content.Body body) {
    Object message;
    try {
      message = types.decode(body.type(), body.value(), alias -> ReplyTo.of(system, alias));
    } catch (CodecException e) {
      refuse(from, to, body, new SendResult.NotEncodable(String.valueOf(e.getMessage())));
      return;
    }
    switch (system.deliver(from, to, new Signal.Message(message))) {
      case SendResult.Delivered _ -> {}
      // A dead process takes no messages and nobody is told; a call has its monitor.
      case SendResult.NoSuchProcess _ -> {}
      // It had moved on, and the way there is lost: as if it had been lost on the way here.
      case SendResult.ConnectionLost _ -> {}
      case SendResult.Overloaded overloaded -> refuse(from, to, body, overloaded);
      case SendResult.TooLarge tooLarge -> refuse(from, to, body, tooLarge);
      case SendResult.NotEncodable notEncodable -> refuse(from, to, body, notEncodable);
    }
  }

  private void refuse(Pid from, Destination to, Content.Body body, SendResult why) {
    system.report(new RemoteReport.MessageNotTaken(from.node(), body.type(), why));
    if (to instanceof Alias alias) {
      // An answer that was not taken here: the one who waits is of this node.
      system.answerLost(alias, "its answer was not taken: " + why);
      return;
    }
    // The one who waits may be on a third node, which then has to hear of it.
    var node = body.replyTo().map(Alias::nodeName).orElse(from.nodeName());
    if (node.equals(system.node().name())) {
      body.replyTo().ifPresent(waiting -> system.refuse(waiting, why));
      return;
    }
    var _ =
        send(
            Pid.outside(system.node()),
            node,
            Optional.empty(),
            new Content.Refusal(body.replyTo(), why, body.type(), false),
            true);
  }
}
