package io.roster.net.membership.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.net.membership.wire.KeyCodec;
import io.roster.net.membership.wire.KeyOrder;
import io.roster.net.membership.wire.MalformedGossip;
import io.roster.net.membership.wire.StreamCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/* Over a stream go frames: length 4 | bytes. The accepting side sends the first, a challenge of 16
 * random bytes in the open; all others are sealed messages. Until a peer has shown that it holds a
 * key its frames must be short, unless it was asked for a view, and it has little time; after that it
 * has more, but not for ever: a peer that sends a byte now and then could hold the stream otherwise.
 */
final class StreamHandler extends SimpleChannelInboundHandler<ByteBuf> {

  private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);
  private static final int STRANGER_FRAME_MAX = 4_096;
  private static final int FRAME_MAX = 16 << 20;
  private static final String FRAMES = "frames";
  private static final String DEADLINE = "deadline";

  /** A conversation of a member takes at most so many times as long as each of its steps may. */
  private static final int MEMBER_TIMEOUTS = 5;

  private final long stream;
  private final StreamPort port;
  private final Seals seals;
  private final Duration timeout;
  private final Traffic traffic;
  private final Conversation conversation;

  /** What to send once the challenge is here; null on the accepting side, and once sent. */
  private @Nullable StreamMessage first;

  private @Nullable Sealer sealer;
  private @Nullable Opener opener;
  private boolean trusted;

  /** Frames that came with the one that ended the stream are not looked at. */
  private boolean ended;

  private StreamHandler(
      long stream,
      StreamPort port,
      Seals seals,
      Duration timeout,
      Traffic traffic,
      @Nullable StreamMessage first) {
    this.stream = stream;
    this.port = port;
    this.seals = seals;
    this.timeout = timeout;
    this.traffic = traffic;
    this.first = first;
    this.conversation = first == null ? Conversation.accepted() : Conversation.beganWith(first);
  }

  @SuppressWarnings("ParameterNumber") // passed on as they came
  static StreamHandler opening(
      long stream,
      StreamPort port,
      Seals seals,
      Duration timeout,
      Traffic traffic,
      StreamMessage first) {
    return new StreamHandler(stream, port, seals, timeout, traffic, first);
  }

  static StreamHandler accepted(
      long stream, StreamPort port, Seals seals, Duration timeout, Traffic traffic) {
    return new StreamHandler(stream, port, seals, timeout, traffic, null);
  }

  void install(ChannelPipeline pipeline) {
    pipeline.addLast(new ReadTimeoutHandler(timeout.toMillis(), TimeUnit.MILLISECONDS));
    // Whoever opens a stream has to connect before.
    pipeline.addLast(DEADLINE, new Deadline(stream < 0 ? timeout : timeout.multipliedBy(2)));
    pipeline.addLast(FRAMES, frames(STRANGER_FRAME_MAX));
    pipeline.addLast(this);
  }

  void say(Channel channel, StreamMessage message, boolean last) {
    say(channel, StreamCodec.encode(message), last);
  }

  void say(Channel channel, byte[] message, boolean last) {
    var sealing = sealer;
    if (sealing == null) {
      return;
    }
    byte[] sealed = sealing.seal(message);
    traffic.bytesSent.add(4L + sealed.length);
    var written = write(channel, sealed);
    if (last) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (stream < 0) {
      byte[] challenge = seals.challenge();
      sealer = seals.streamSealer(challenge, false);
      opener = seals.streamOpener(challenge, true);
      var _ = write(ctx.channel(), challenge);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
    if (ended) {
      return;
    }
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    var opening = opener;
    if (opening == null) {
      challenged(ctx, bytes);
      return;
    }
    switch (opening.open(bytes)) {
      case Opener.Message(byte[] message) -> {
        traffic.bytesReceived.add(4L + bytes.length);
        boolean isFirst = trust();
        decode(ctx, message);
        if (isFirst && !ended && ctx.channel().isActive()) {
          widen(ctx);
        }
      }
      case Opener.Rejected(Rejection why) -> reject(ctx, why);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    // A stream that this node closed itself says nothing about the peer.
    if (stream > 0 && opener != null && !trusted && port.isOpen(stream)) {
      port.shunned(ctx.channel().remoteAddress());
    }
    port.gone(stream, false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      traffic.reject(Rejection.OVERSIZED);
    } else if (!Faults.isFromOutside(cause)) {
      LOG.error("failed on a stream with {}", ctx.channel().remoteAddress(), cause);
    }
    var _ = ctx.close();
  }

  private void challenged(ChannelHandlerContext ctx, byte[] challenge) {
    var message = first;
    if (challenge.length != Seals.CHALLENGE || message == null) {
      reject(ctx, Rejection.NOT_GOSSIP);
      return;
    }
    first = null;
    sealer = seals.streamSealer(challenge, true);
    opener = seals.streamOpener(challenge, false);
    if (conversation.expectsMuch()) {
      ctx.pipeline().replace(FRAMES, FRAMES, frames(FRAME_MAX));
    }
    say(ctx.channel(), message, false);
  }

  /** The peer has shown a key; whether it had not before. */
  private boolean trust() {
    if (trusted) {
      return false;
    }
    trusted = true;
    if (stream < 0) {
      port.proved(stream);
    }
    return true;
  }

  /**
   * Gives a member the room and the time of one. Once its first message was heard: whoever is
   * replaced passes on at once what it has read already, which came after that.
   */
  private void widen(ChannelHandlerContext ctx) {
    ctx.pipeline().replace(FRAMES, FRAMES, frames(FRAME_MAX));
    ctx.pipeline().replace(DEADLINE, DEADLINE, new Deadline(timeout.multipliedBy(MEMBER_TIMEOUTS)));
  }

  private void decode(ChannelHandlerContext ctx, byte[] message) {
    StreamMessage decoded;
    try {
      // All but a first message may be large, and is not to be read twice.
      var order =
          conversation.expectsOrder() ? KeyCodec.order(message) : Optional.<KeyOrder>empty();
      if (order.isPresent()) {
        conversation.tookOrder();
        port.ordered(stream, order.get());
        return;
      }
      decoded = StreamCodec.decode(message, () -> traffic.reject(Rejection.LATER_VERSION));
      if (!conversation.takes(decoded)) {
        throw new MalformedGossip(
            "expected what is due, got: " + decoded.getClass().getSimpleName());
      }
    } catch (MalformedGossip e) {
      reject(ctx, Rejection.MALFORMED);
      return;
    }
    port.heard(stream, decoded);
  }

  private void reject(ChannelHandlerContext ctx, Rejection why) {
    ended = true;
    traffic.reject(why);
    var _ = ctx.close();
  }

  private static io.netty.channel.ChannelFuture write(Channel channel, byte[] bytes) {
    return channel.writeAndFlush(
        Unpooled.wrappedBuffer(
            Unpooled.buffer(4).writeInt(bytes.length), Unpooled.wrappedBuffer(bytes)));
  }

  private static LengthFieldBasedFrameDecoder frames(int max) {
    return new LengthFieldBasedFrameDecoder(max, 0, 4, 0, 4);
  }
}
