package io.roster.net.transport.netty;

import com.google.protobuf.ByteString;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.roster.core.identity.NodeId;
import io.roster.net.wire.LinkMessage;
import io.roster.net.wire.LinkMessage.Accepted;
import io.roster.net.wire.LinkMessage.Challenge;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Proof;
import io.roster.net.wire.LinkMessage.Refused;
import io.roster.net.wire.LinkWire;
import io.roster.net.wire.RefusalCode;
import io.roster.net.wire.WireException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The dialler's half of the handshake on one connection. Confined to the channel's thread. */
final class DialHandshake extends ChannelInboundHandlerAdapter {

  private final LinkOptions options;
  private final Optional<NodeId> expected;
  private final Outcome outcome;
  private final ByteString hello;
  private @Nullable ByteString challengeBytes;
  private @Nullable Challenge challenge;
  private boolean over;

  /**
   * @param expected who should answer: this start or a later one; empty takes anybody
   */
  DialHandshake(LinkOptions options, Hello hello, Optional<NodeId> expected, Outcome outcome) {
    this.options = options;
    this.expected = expected;
    this.outcome = outcome;
    this.hello = LinkWire.encode(hello);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var _ =
        context
            .executor()
            .schedule(
                () ->
                    fail(
                        context,
                        RefusalCode.OTHER,
                        "no answer within " + options.times().handshake()),
                options.times().handshake().toNanos(),
                TimeUnit.NANOSECONDS);
    outcome.onGreeted();
    FrameWriter.write(context, hello);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws WireException {
    if (over) {
      return;
    }
    var frame = (ByteString) message;
    switch (LinkWire.decode(frame)) {
      case Challenge found when challenge == null -> onChallenge(context, found, frame);
      case Accepted(ByteString mac) when challenge != null -> onAccepted(context, mac);
      case Refused(RefusalCode code, String detail) -> fail(context, code, detail);
      case LinkMessage other ->
          fail(
              context,
              RefusalCode.MALFORMED,
              "expected a message of the handshake, got: " + other.getClass().getSimpleName());
    }
  }

  private void onChallenge(ChannelHandlerContext context, Challenge found, ByteString frame) {
    var wrong = Handshake.judge(found, options.cluster(), expected);
    if (wrong.isPresent()) {
      fail(context, wrong.get().code(), wrong.get().detail());
      return;
    }
    challenge = found;
    challengeBytes = frame;
    byte[] mac =
        options.cookie().prove(Handshake.DIALLER, hello.toByteArray(), frame.toByteArray());
    FrameWriter.write(context, LinkWire.encode(new Proof(ByteString.copyFrom(mac))));
  }

  private void onAccepted(ChannelHandlerContext context, ByteString mac) {
    if (challenge == null || challengeBytes == null) {
      throw new IllegalStateException("invariant: a challenge comes before its acceptance");
    }
    if (!options
        .cookie()
        .verifies(
            mac.toByteArray(),
            Handshake.DIALLED,
            hello.toByteArray(),
            challengeBytes.toByteArray())) {
      fail(context, RefusalCode.COOKIE, "expected proof of the same cookie, got another");
      return;
    }
    over = true;
    var lane = new Lane(context.channel(), options.limits());
    // Nothing more is read until the link is up; what this read brought already waits in the lane.
    context.channel().config().setAutoRead(false);
    context
        .pipeline()
        .get(FrameDecoder.class)
        .allow(options.limits().frameBytesMax() + LinkWire.DATA_HEADER_BYTES_MAX);
    outcome.onOpen(lane, challenge.node());
    context.pipeline().replace(this, "lane", lane);
  }

  private void fail(ChannelHandlerContext context, RefusalCode code, String detail) {
    if (over) {
      return;
    }
    over = true;
    var _ = context.close();
    outcome.onFailed(code, detail);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, RefusalCode.OTHER, "the connection was closed during the handshake");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, RefusalCode.OTHER, Causes.text(cause));
  }

  /** Hears how it went, on the channel's thread; one of the last two, once. */
  interface Outcome {

    /** There is a connection, and the hello is on its way. */
    default void onGreeted() {}

    /** Both ends have proved themselves. The lane has no owner yet. */
    void onOpen(Lane lane, NodeId peer);

    /** They have not. */
    void onFailed(RefusalCode code, String detail);
  }
}
