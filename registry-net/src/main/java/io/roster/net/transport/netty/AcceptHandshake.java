package io.roster.net.transport.netty;

import com.google.protobuf.ByteString;
import io.netty.channel.ChannelFutureListener;
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
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other half of the handshake on one connection. Confined to the channel's thread. */
final class AcceptHandshake extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptHandshake.class);

  private final NodeId self;
  private final LinkOptions options;
  private final SecureRandom random;
  private final Door door;
  private @Nullable Hello hello;
  private @Nullable ByteString helloBytes;
  private @Nullable ByteString challengeBytes;
  private boolean over;

  AcceptHandshake(NodeId self, LinkOptions options, SecureRandom random, Door door) {
    this.self = self;
    this.options = options;
    this.random = random;
    this.door = door;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var _ =
        context
            .executor()
            .schedule(
                () ->
                    refuse(
                        context,
                        RefusalCode.OTHER,
                        "no proof within " + options.times().handshake()),
                options.times().handshake().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws WireException {
    if (over) {
      return;
    }
    var frame = (ByteString) message;
    switch (LinkWire.decode(frame)) {
      case Hello found when hello == null -> onHello(context, found, frame);
      case Proof(ByteString mac) when hello != null -> onProof(context, mac);
      case LinkMessage other ->
          refuse(
              context,
              RefusalCode.MALFORMED,
              "expected "
                  + (hello == null ? "Hello" : "Proof")
                  + ", got: "
                  + other.getClass().getSimpleName());
    }
  }

  private void onHello(ChannelHandlerContext context, Hello found, ByteString frame) {
    var wrong = Handshake.judge(found, options.cluster());
    if (wrong.isPresent()) {
      refuse(context, wrong.get().code(), wrong.get().detail());
      return;
    }
    var challenge =
        LinkWire.encode(
            new Challenge(
                Math.min(Handshake.PROTOCOL_MAX, found.protocolMax()),
                options.cluster(),
                self,
                Handshake.nonce(random)));
    hello = found;
    helloBytes = frame;
    challengeBytes = challenge;
    FrameWriter.write(context, challenge);
  }

  private void onProof(ChannelHandlerContext context, ByteString mac) {
    if (hello == null || helloBytes == null || challengeBytes == null) {
      throw new IllegalStateException("invariant: a hello comes before its proof");
    }
    byte[] said = helloBytes.toByteArray();
    byte[] asked = challengeBytes.toByteArray();
    if (!options.cookie().verifies(mac.toByteArray(), Handshake.DIALLER, said, asked)) {
      refuse(context, RefusalCode.COOKIE, "expected proof of the cluster's cookie, got another");
      return;
    }
    over = true;
    var lane = new Lane(context.channel(), options.limits());
    var accepted =
        LinkWire.encode(
            new Accepted(
                ByteString.copyFrom(options.cookie().prove(Handshake.DIALLED, said, asked))));
    door.onProven(
        hello,
        lane,
        refusal -> context.executor().execute(() -> conclude(context, lane, accepted, refusal)));
  }

  private void conclude(
      ChannelHandlerContext context, Lane lane, ByteString accepted, Optional<Refused> refusal) {
    if (!context.channel().isActive()) {
      return;
    }
    if (refusal.isPresent()) {
      over = false;
      refuse(context, refusal.get().code(), refusal.get().detail());
      return;
    }
    context
        .pipeline()
        .get(FrameDecoder.class)
        .allow(options.limits().frameBytesMax() + LinkWire.DATA_HEADER_BYTES_MAX);
    FrameWriter.write(context, accepted);
    context.pipeline().replace(this, "lane", lane);
  }

  private void refuse(ChannelHandlerContext context, RefusalCode code, String detail) {
    if (over) {
      return;
    }
    over = true;
    if (code == RefusalCode.CROSSED) {
      LOG.debug("{}: link from {} refused: {}", self, context.channel().remoteAddress(), detail);
    } else {
      LOG.warn("{}: link from {} refused: {}", self, context.channel().remoteAddress(), detail);
    }
    var _ =
        FrameWriter.write(context, LinkWire.encode(new Refused(code, detail)))
            .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over = true;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    refuse(context, RefusalCode.MALFORMED, Causes.text(cause));
  }

  /** Who decides about connections that have proved themselves. */
  interface Door {

    /**
     * Takes or refuses; must not block.
     *
     * @param answer to be called once, from any thread; empty takes the connection
     */
    void onProven(Hello hello, Lane lane, Consumer<Optional<Refused>> answer);
  }
}
